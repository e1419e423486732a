//! Exact statuses take precedence over ranges, and ranges over `default`.

use client_tests::statuses::{
    Client,
    operations::{GetJobError, GetJobSuccess, StartJobError},
};
use runtime::Outcome;

use super::{client, json, responding, with_headers};

#[tokio::test]
async fn an_exact_status_takes_precedence_over_its_range() {
    let call = async |status: &str, body: &str| {
        let server = responding(json(status, body)).await;
        client::<Client>(&server).get_job().send().await
    };
    assert!(matches!(call("200 OK", r#"{"id":1}"#).await, Ok(GetJobSuccess::Ok(job)) if job.id == 1));
    assert!(matches!(call("202 Accepted", "soon").await, Ok(GetJobSuccess::Success(text)) if text == "soon"));
    let clash = call("409 Conflict", r#"{"with":2}"#).await.unwrap_err();
    assert!(matches!(clash.documented(), Some(GetJobError::Conflict(clash)) if clash.with == 2));
    let refused = call("418 I'm a teapot", "no").await.unwrap_err();
    assert!(matches!(refused.documented(), Some(GetJobError::ClientError(text)) if text == "no"));
    let broken = call("503 Service Unavailable", "").await.unwrap_err();
    assert!(matches!(broken.documented(), Some(GetJobError::ServerError)));
    assert_eq!((refused.outcome(), broken.outcome()), (Outcome::Rejected, Outcome::Unknown));
    assert!(refused.is_safe_to_retry() && broken.is_safe_to_retry(), "the operation only reads");
}

#[tokio::test]
async fn default_covers_unlisted_errors() {
    for (status, is_listed) in
        [("400 Bad Request", true), ("500 Internal Server Error", true), ("204 No Content", false)]
    {
        let server = responding(json(status, r#"{"with":3}"#)).await;
        let error = client::<Client>(&server).start_job().send().await.unwrap_err();
        let documented = matches!(error.documented(), Some(StartJobError::Default(clash)) if clash.with == 3);
        assert_eq!(documented, is_listed, "{status}");
    }
    let server = responding(with_headers("303 See Other", "location: /job/7\r\n", "")).await;
    let error = client::<Client>(&server).start_job().send().await.unwrap_err();
    assert!(matches!(error.documented(), Some(StartJobError::SeeOther)));
    assert_eq!(error.headers().and_then(|headers| headers.get("location")).unwrap(), "/job/7");
}
