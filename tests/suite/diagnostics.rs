//! diagnostics: see the module's tests.
