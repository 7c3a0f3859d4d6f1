//! State machines: `State × Event → (State, Effects)`, without I/O and without
//! a clock of their own. The app's store carries out the effects.

pub mod claim;
pub mod sign_in;
pub mod wallet;
