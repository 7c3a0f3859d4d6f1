//! The REST contract, and the checks that hold both sides to it.
