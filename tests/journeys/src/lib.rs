//! End-to-end journeys in real browsers.
