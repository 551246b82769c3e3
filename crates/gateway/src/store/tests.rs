//! A folder keeps whole objects and nothing else.

use super::*;

#[tokio::test]
async fn an_object_is_there_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("deep/below");
    let target = format!("file://{}", place.display());
    assert!(!Store::is_outside(&target) && Store::is_outside("s3://bucket/prefix"));
    let store = Store::at(&target).unwrap();
    assert_eq!(store.list("packs").await.unwrap(), []);
    for name in ["packs/ab/abcd", "packs/00/0012", "index/77"] {
        store.put(name, Bytes::from_static(b"sealed")).await.unwrap();
    }
    std::fs::write(place.join("packs/00/0099.part"), "half").unwrap();
    let listed = store.list("packs").await.unwrap();
    let names: Vec<&str> = listed.iter().map(|object| object.name.as_str()).collect();
    assert_eq!(
        (names, listed[0].size),
        (vec!["packs/00/0012", "packs/ab/abcd"], 6)
    );
    assert_eq!(
        store.get("index/77").await.unwrap(),
        Bytes::from_static(b"sealed")
    );
    store.remove("index/77").await.unwrap();
    store.remove("index/77").await.unwrap();
    let gone = store.get("index/77").await.unwrap_err();
    assert!(matches!(&gone, StoreError::Missing(name) if name == "index/77"));
}

#[test]
fn a_target_that_is_none_is_told() {
    for target in ["", "ftp://host/x", "s3://", "s3:///prefix"] {
        let told = Store::at(target).err().map(|error| error.to_string());
        assert!(
            told.unwrap_or_default().contains("s3://bucket/prefix"),
            "{target:?}"
        );
    }
    let unset = Store::at("s3://bucket").err().map(|error| error.to_string());
    assert!(unset.unwrap_or_default().contains("VIVIER_S3_KEY_FILE"));
}
