//! Owns: that somebody is told of a refusal: once its mail has left, and before nothing is left to tell it with. Doesn't own:
//! the mail's way ([`super`]).

use super::*;

impl Post {
    /// Refuses somebody of no interest: within the hour they go (D18), and their mail with them. The mail server is away.
    async fn refuse_in_vain(&self) {
        self.case.work().await;
        self.refuse().await;
        self.server.will(&[PutsOff; 200]);
    }

    async fn an_hour_passes(&self) {
        self.later().await;
        self.guard().tend_once(true).await.unwrap();
    }

    /// Applications and dossiers.
    async fn left(&self) -> (i64, i64) {
        (
            self.case.count("applications").await,
            self.case.count("dossiers").await,
        )
    }
}

posted!(
    somebody_of_no_interest_is_told_before_they_go_though_the_mail_server_is_away,
    AGENCY,
    "consultant",
    |post: Post| async move {
        post.refuse_in_vain().await;
        for _ in 0..19 {
            post.an_hour_passes().await;
            assert_eq!(post.left().await, (1, 2));
        }
        assert_eq!(post.case.mails().await, [Queued, Sent]);
        post.server.plan.lock().unwrap().clear();
        post.later().await;
        assert_eq!(
            (post.case.mails().await, post.server.had().len()),
            (vec![Sent, Sent], 2)
        );
        post.case.clock.advance(600);
        post.guard().tend_once(true).await.unwrap();
        assert_eq!(
            post.left().await,
            (0, 0),
            "and then at once, who they are included"
        );
    }
);

posted!(
    whoever_can_not_be_told_within_a_day_goes_untold,
    AGENCY,
    "consultant",
    |post: Post| async move {
        post.refuse_in_vain().await;
        for _ in 0..22 {
            post.an_hour_passes().await;
        }
        assert_eq!(post.left().await, (0, 0));
    }
);

posted!(
    a_refusal_is_told_once_its_mail_has_left,
    |post: Post| async move {
        post.case.work().await;
        let person = post.case.person(post.application).await;
        let stage = async || {
            let own = own::one(&post.case.site, &person, post.application)
                .await
                .unwrap();
            (own.application.stage, own.steps.len())
        };
        post.refuse().await;
        post.server.will(&[PutsOff, HangsUp]);
        post.case.work().await;
        assert_eq!(post.case.mails().await, [Queued, Sent]);
        assert_eq!(
            stage().await,
            (Stage::New, 1),
            "its time has come, and it hasn't left"
        );
        post.case.clock.advance(60);
        post.case.work().await;
        assert_eq!(post.case.mails().await, [Sent, Unknown]);
        assert_eq!(stage().await, (Stage::New, 1), "nobody can tell whether it left");
        service::settle_mail(&post.case.site, &post.recruiter, post.application, false)
            .await
            .unwrap();
        assert_eq!(stage().await, (Stage::Refused, 2));
    }
);
