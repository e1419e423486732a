//! Exact statuses before ranges, ranges before `default`.

use client_tests::statuses::{
    Client,
    operations::{GetJobError, GetJobSuccess, StartJobError},
};
use runtime::Outcome;

use super::{answering, client, json, with_headers};

#[tokio::test]
async fn an_exact_status_counts_before_its_range() {
    let ask = async |status: &str, body: &str| {
        let server = answering(json(status, body)).await;
        client::<Client>(&server).get_job().send().await
    };
    assert!(matches!(ask("200 OK", r#"{"id":1}"#).await, Ok(GetJobSuccess::Ok(job)) if job.id == 1));
    assert!(matches!(ask("202 Accepted", "soon").await, Ok(GetJobSuccess::Success(text)) if text == "soon"));
    let clash = ask("409 Conflict", r#"{"with":2}"#).await.unwrap_err();
    assert!(matches!(clash.documented(), Some(GetJobError::Conflict(clash)) if clash.with == 2));
    let refused = ask("418 I'm a teapot", "no").await.unwrap_err();
    assert!(matches!(refused.documented(), Some(GetJobError::ClientError(text)) if text == "no"));
    let broken = ask("503 Service Unavailable", "").await.unwrap_err();
    assert!(matches!(broken.documented(), Some(GetJobError::ServerError)));
    assert_eq!((refused.outcome(), broken.outcome()), (Outcome::Rejected, Outcome::Unknown));
    assert!(refused.is_safe_to_retry() && broken.is_safe_to_retry(), "the operation only reads");
}

#[tokio::test]
async fn default_speaks_for_every_error_that_is_not_listed() {
    for (status, is_listed) in
        [("400 Bad Request", true), ("500 Internal Server Error", true), ("204 No Content", false)]
    {
        let server = answering(json(status, r#"{"with":3}"#)).await;
        let error = client::<Client>(&server).start_job().send().await.unwrap_err();
        let documented = matches!(error.documented(), Some(StartJobError::Default(clash)) if clash.with == 3);
        assert_eq!(documented, is_listed, "{status}");
    }
    let server = answering(with_headers("303 See Other", "location: /job/7\r\n", "")).await;
    let error = client::<Client>(&server).start_job().send().await.unwrap_err();
    assert!(matches!(error.documented(), Some(StartJobError::SeeOther)));
    assert_eq!(error.headers().and_then(|headers| headers.get("location")).unwrap(), "/job/7");
}
