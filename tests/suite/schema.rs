//! schema: see the module's tests.
