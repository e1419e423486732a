//! Reads OpenAPI documents: positions of values, JSON Schema view.
