//! Finds drift between pages, document, overlay, lock and generated code.
