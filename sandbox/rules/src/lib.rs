//! The rules of the stand-in backend, without any input or output.
