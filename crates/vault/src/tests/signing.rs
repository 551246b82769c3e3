//! The key that signs receipts: made once, sealed, followed by another, carried through copies and a new master key.
//! And addresses that are left alone until a day.

use kernel::Rng;
use storage::{Location, site_test, sql};

use super::{
    generation::{copied, read},
    store::{Site, master},
};
use crate::{Error, LookupKind, MasterKey, Vault, is_signed_by, key_id};

/// RFC 8032, 7.1, TEST 2: what is signed is what the standard says.
#[test]
fn signs_as_rfc_8032_says() {
    let bytes = |hex: &str| -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    };
    let seed = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    let seed = crate::crypto::Secret::new(seed.try_into().unwrap());
    let pair = crate::crypto::Pair::new(&seed).unwrap();
    let public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    assert_eq!(pair.public().to_vec(), bytes(public));
    let signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                     085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    assert_eq!(pair.sign(&[0x72]).to_vec(), bytes(signature));
    assert!(is_signed_by(&pair.public(), &[0x72], &pair.sign(&[0x72])));
    assert!(!is_signed_by(&pair.public(), &[0x73], &pair.sign(&[0x72])));
}

site_test! {
    async fn one_key_signs_even_for_two_who_ask_at_once_and_its_successor_after_it(at: Location) {
        let site = Site::new(at).await;
        let other = site.another().await;
        let (one, two) = tokio::join!(site.vault.signer(), other.signer());
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one.public(), two.public());
        assert_eq!(one.sign(b"a receipt"), two.sign(b"a receipt"));
        assert_eq!(one.public().id(), key_id(&one.public().public));

        site.clock.advance(60);
        let next = site.vault.renew_signer().await.unwrap();
        let keys = site.vault.signing_keys().await.unwrap();
        assert_eq!(keys.len(), 2);
        assert_eq!((keys[0].public, keys[0].until), (one.public().public, Some(site.clock.now())));
        assert_eq!(keys[1], next);
        assert_eq!(other.signer().await.unwrap().public(), &next, "elsewhere too");
        assert!(is_signed_by(&keys[0].public, b"a receipt", &one.sign(b"a receipt")));
        let left = sql("SELECT 1 AS one FROM signing WHERE wrapped IS NOT NULL").all(site.vault.db()).await.unwrap();
        assert_eq!(left.len(), 1, "nobody signs in an old key's name again");
    }

    async fn a_seed_that_was_changed_or_moved_signs_nothing(at: Location) {
        let site = Site::new(at).await;
        site.vault.signer().await.unwrap();
        let foreign = "ab".repeat(32);
        let mut tx = site.vault.db().begin().await.unwrap();
        sql("UPDATE signing SET public = $1").bind(storage::PublicText::new(foreign)).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(site.vault.signer().await, Err(Error::Tampered)));
        assert!(matches!(site.vault.check().await, Err(Error::Tampered)));
        let id = site.id().cast();
        let parts = copied(&site, id).await;
        assert!(matches!(read(&parts, &master(), id).await, Err(Error::Tampered)));
    }

    async fn another_master_key_opens_the_seed(at: Location) {
        let site = Site::new(at.clone()).await;
        let public = site.vault.signer().await.unwrap().public().clone();
        let id = site.id().cast();
        assert!(read(&copied(&site, id).await, &master(), id).await.is_ok(), "in a copy");
        let (new, rng, clock) = (MasterKey::generate(&Rng::seeded(9)), Rng::system(), site.clock.clone());
        site.vault.close().await;
        drop(site);
        loop {
            match Vault::rotate(&at, &master(), &new, &rng).await {
                Err(Error::InUse) => {}
                done => {
                    done.unwrap();
                    break;
                }
            }
        }
        let vault = Vault::open(&at, &new, clock, rng).await.unwrap();
        assert_eq!(vault.signer().await.unwrap().public(), &public);
    }

    async fn an_address_is_left_alone_until_its_day_or_its_owner_s_word(at: Location) {
        let site = Site::new(at).await;
        let (vault, now) = (&site.vault, site.clock.now());
        let hash = |address: &str| vault.blind(LookupKind::Email, address);
        let (ana, luc) = (hash("ana@example.org"), hash("luc@example.org"));
        vault.suppress(&[ana, luc], "suppression", now.plus_seconds(100)).await.unwrap();
        let kept = vault.suppressed(ana).await.unwrap().unwrap();
        assert_eq!((kept.purpose.as_str(), kept.made_at, kept.until_at), ("suppression", now, now.plus_seconds(100)));
        assert_eq!(vault.suppressed(hash("eve@example.org")).await.unwrap(), None);
        assert!(vault.lift_suppression(luc).await.unwrap());
        assert!(!vault.lift_suppression(luc).await.unwrap());
        assert_eq!(vault.suppressed(luc).await.unwrap(), None);
        assert_eq!(vault.end_suppressions().await.unwrap(), 0);
        site.clock.advance(99);
        assert!(vault.suppressed(ana).await.unwrap().is_some());
        site.clock.advance(1);
        assert_eq!(vault.suppressed(ana).await.unwrap(), None, "over, swept or not");
        assert_eq!(vault.end_suppressions().await.unwrap(), 1);
    }
}
