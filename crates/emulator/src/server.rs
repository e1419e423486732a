//! The routes.

use axum::Router;
use axum::routing::post;

use crate::{control, create_client, generated, service::Service, token};

pub(crate) fn router(service: Service) -> Router {
    Router::new()
        .route(&service.document.token_path, post(token::token))
        .route(&service.document.create_client_path, post(create_client::create_client))
        .nest("/_emulator", control::router())
        .fallback(generated::or_not_found)
        .method_not_allowed_fallback(generated::or_method_not_allowed)
        .with_state(service)
}
