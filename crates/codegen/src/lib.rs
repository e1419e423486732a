//! Turns an OpenAPI document into Rust client code.
