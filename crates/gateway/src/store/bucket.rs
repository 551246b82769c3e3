//! Owns: objects in a bucket of S3, or of whatever speaks like it. Doesn't own: the account, which the operator
//! configures.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt as _,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use platform::config::variable;

use super::{Object, StoreError};

#[derive(Clone)]
pub(super) struct Bucket {
    s3: Arc<AmazonS3>,
    prefix: String,
}

impl Bucket {
    /// From `bucket/prefix`.
    pub(super) fn at(rest: &str) -> Result<Self, StoreError> {
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(StoreError::Target(format!("s3://{rest}")));
        }
        let (id, secret) = credentials()?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(variable("VIVIER_S3_REGION").unwrap_or_else(|| "us-east-1".to_owned()))
            .with_access_key_id(id)
            .with_secret_access_key(secret);
        if let Some(endpoint) = variable("VIVIER_S3_ENDPOINT") {
            // Unencrypted only where the operator says so: what travels is sealed, the account's key is not.
            let plain = endpoint.starts_with("http://");
            builder = builder
                .with_endpoint(endpoint)
                .with_client_options(ClientOptions::new().with_allow_http(plain));
        }
        let s3 = builder
            .build()
            .map_err(|error| StoreError::Setup(format!("s3://{bucket}: {error}")))?;
        Ok(Self {
            s3: Arc::new(s3),
            prefix: prefix.trim_matches('/').to_owned(),
        })
    }

    pub(super) async fn put(&self, name: &str, bytes: Bytes) -> Result<(), StoreError> {
        let put = self.s3.put(&self.place(name), bytes.into()).await;
        put.map(drop).map_err(|error| told(name, &error))
    }

    pub(super) async fn get(&self, name: &str) -> Result<Bytes, StoreError> {
        let got = self.s3.get(&self.place(name)).await;
        let got = got.map_err(|error| told(name, &error))?;
        got.bytes().await.map_err(|error| told(name, &error))
    }

    pub(super) async fn list(&self, under: &str) -> Result<Vec<Object>, StoreError> {
        let place = self.place(under);
        let listed = self.s3.list(Some(&place)).try_collect::<Vec<_>>().await;
        let listed = listed.map_err(|error| told(under, &error))?;
        let named = listed.into_iter().filter_map(|object| {
            let name = object.location.as_ref().strip_prefix(&self.prefix)?;
            Some(Object {
                name: name.trim_start_matches('/').to_owned(),
                size: object.size,
            })
        });
        Ok(named.collect())
    }

    pub(super) async fn remove(&self, name: &str) -> Result<(), StoreError> {
        match self.s3.delete(&self.place(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(told(name, &error)),
        }
    }

    fn place(&self, name: &str) -> Path {
        Path::from(format!("{}/{name}", self.prefix))
    }
}

/// The account's key and its secret, on the first two lines of a file: an environment is read by every child.
fn credentials() -> Result<(String, String), StoreError> {
    let setup = |problem: String| StoreError::Setup(problem);
    let Some(file) = variable("VIVIER_S3_KEY_FILE") else {
        return Err(setup(
            "set VIVIER_S3_KEY_FILE to a file with the account's key on its first line and the secret on its second"
                .to_owned(),
        ));
    };
    let text = std::fs::read_to_string(&file).map_err(|error| setup(format!("{file}: {error}")))?;
    let mut lines = text.lines().map(str::trim);
    match (lines.next(), lines.next()) {
        (Some(id), Some(secret)) if !id.is_empty() && !secret.is_empty() => {
            Ok((id.to_owned(), secret.to_owned()))
        }
        _ => Err(setup(format!(
            "{file}: the account's key on its first line and the secret on its second"
        ))),
    }
}

fn told(name: &str, error: &object_store::Error) -> StoreError {
    match error {
        object_store::Error::NotFound { .. } => StoreError::Missing(name.to_owned()),
        error => StoreError::Away(kernel::Causes(error).to_string()),
    }
}
