//! laws: see the module's tests.
