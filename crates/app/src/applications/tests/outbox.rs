//! Owns: what becomes of a mail, whatever the mail server and the worker do: queued, sending, sent, unknown, bounced.
//! Doesn't own: what the letters say.
#![expect(clippy::disallowed_methods, reason = "a mail server of the test's own")]

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use guard::send::MailState::{Bounced, Queued, Sending, Sent, ToldOtherwise, Unknown};
use guard::{Guard, send};

use kernel::Id;

use super::*;
use crate::tests::site_with_mail;

/// What the server does with the next mail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    Takes,
    /// Breaks off after it had the whole mail.
    HangsUp,
    /// 4xx.
    PutsOff,
    /// 5xx.
    Refuses,
}
use Does::{HangsUp, PutsOff, Refuses, Takes};

#[derive(Clone, Default)]
struct Server {
    /// What it does next; it takes what comes after.
    plan: Arc<Mutex<VecDeque<Does>>>,
    /// The Message-ID of each mail that it had whole.
    had: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves until the test's process ends; gives its address as `site.toml` has it.
    fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                std::thread::spawn(move || server.converse(&stream));
            }
        });
        format!("smtp://{address}")
    }

    fn will(&self, plan: &[Does]) {
        self.plan.lock().unwrap().extend(plan);
    }

    fn had(&self) -> Vec<String> {
        self.had.lock().unwrap().clone()
    }

    fn converse(&self, stream: &TcpStream) -> Option<()> {
        let mut out = stream;
        let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let mut does = Takes;
        say("220 here")?;
        while let Some(line) = lines.next() {
            let verb: String = line.chars().take(4).collect();
            match verb.as_str() {
                "RCPT" => {
                    does = self.plan.lock().unwrap().pop_front().unwrap_or(Takes);
                    say(match does {
                        PutsOff => "451 later",
                        Refuses => "550 never",
                        Takes | HangsUp => "250 yes",
                    })?;
                }
                "DATA" => {
                    say("354 go on")?;
                    let mail: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                    let id = mail.iter().find_map(|line| line.strip_prefix("Message-ID: "));
                    self.had.lock().unwrap().push(id.unwrap_or_default().to_owned());
                    if does == HangsUp {
                        return None;
                    }
                    say("250 taken")?;
                }
                "QUIT" => return say("221 bye"),
                _ => say("250 yes")?,
            }
        }
        Some(())
    }
}

/// A site whose mails go to a server with a plan, and an application that was just sent.
struct Post {
    case: Case,
    server: Server,
    recruiter: Actor,
    application: Id<Application>,
}

impl Post {
    /// Longer than the longest wait between two attempts of these tests, and than a worker's lease.
    async fn later(&self) {
        self.case.clock.advance(3_600);
        self.case.work().await;
    }

    /// Refuses, and lets the undo window pass.
    async fn refuse(&self) {
        service::refuse(
            &self.case.site,
            &self.recruiter,
            self.application,
            Reason::Experience,
        )
        .await
        .unwrap();
        self.case.clock.advance(UNDO_SECONDS);
    }

    fn guard(&self) -> &Guard {
        self.case.site.guard()
    }

    /// How many records of sending there are.
    async fn records(&self) -> i64 {
        let count = sql("SELECT COUNT(*) AS count FROM disclosures")
            .one(self.guard().db())
            .await
            .unwrap();
        count.get("count").unwrap()
    }

    /// The fields that each record of sending names.
    async fn disclosed(&self) -> Vec<String> {
        let rows = sql("SELECT fields FROM disclosures")
            .all(self.guard().db())
            .await
            .unwrap();
        let fields = |row: &storage::Row| row.get::<storage::PublicText, _>("fields").unwrap().into_string();
        rows.iter().map(fields).collect()
    }

    /// What the ledger waits to be told of a human's word on a mail.
    async fn settled(&self) -> Vec<String> {
        let rows = sql("SELECT body FROM ledger_queue WHERE kind = 'mail_settled' ORDER BY id")
            .all(self.guard().db())
            .await
            .unwrap();
        let body = |row: &storage::Row| row.get::<storage::PublicText, _>("body").unwrap().into_string();
        rows.iter().map(body).collect()
    }

    /// As a worker leaves it that is killed between claiming the mail and hearing from the server.
    async fn die_while_sending(&self) {
        let mut tx = self.guard().begin().await.unwrap();
        sql("UPDATE mails SET state = $1 WHERE state = $2")
            .bind(Sending)
            .bind(Queued)
            .run(&mut tx)
            .await
            .unwrap();
        sql("UPDATE jobs SET state = $1, lease_until = $2 WHERE kind = $3")
            .bind(platform::jobs::State::Running)
            .bind(self.guard().now().plus_seconds(120))
            .bind(storage::PublicText::new(send::DELIVER))
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

macro_rules! posted {
    ($name:ident, $scenario:expr) => {
        posted!($name, CAREERS, "recruiter", $scenario);
    };
    ($name:ident, $charter:expr, $role:expr, $scenario:expr) => {
        mod $name {
            use super::*;

            async fn run(engine: Engine) {
                let db = TestDb::create(engine).await;
                let server = Server::default();
                let (site, folder, clock) = site_with_mail(&db, $charter, Some(server.start())).await;
                let case = Case {
                    site,
                    folder: folder.path().to_owned(),
                    clock,
                };
                let recruiter = case.staff($role, "r@staff.example").await;
                let application = case.apply(None).await;
                let scenario: fn(Post) -> std::pin::Pin<Box<dyn Future<Output = ()>>> =
                    |post| Box::pin($scenario(post));
                scenario(Post {
                    case,
                    server,
                    recruiter,
                    application,
                })
                .await;
            }

            #[tokio::test]
            async fn sqlite() {
                run(Engine::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                run(Engine::Postgres).await;
            }
        }
    };
}

mod told;

posted!(a_mail_is_sent_once_with_one_record, |post: Post| async move {
    assert_eq!(post.case.mails().await, [Queued]);
    post.case.work().await;
    post.later().await;
    assert_eq!(
        (
            post.case.mails().await,
            post.server.had().len(),
            post.records().await
        ),
        (vec![Sent], 1, 1)
    );
});

posted!(a_mail_put_off_waits_and_goes_again, |post: Post| async move {
    post.server.will(&[PutsOff, PutsOff]);
    post.case.work().await;
    post.case.work().await;
    assert_eq!(
        (post.case.mails().await, post.server.had().len()),
        (vec![Queued], 0),
        "not again at once"
    );
    post.case.clock.advance(10);
    post.case.work().await;
    post.case.clock.advance(10);
    post.case.work().await;
    assert_eq!(post.case.mails().await, [Queued], "the second wait is longer");
    post.case.clock.advance(10);
    post.case.work().await;
    assert_eq!(
        (
            post.case.mails().await,
            post.server.had().len(),
            post.records().await
        ),
        (vec![Sent], 1, 1)
    );
});

posted!(
    a_mail_outlives_a_weekend_without_a_mail_server,
    |post: Post| async move {
        post.server.will(&[PutsOff; 200]);
        for _ in 0..72 {
            post.case.work().await;
            post.case.clock.advance(3_600);
        }
        assert_eq!(post.case.mails().await, [Queued]);
        assert!(post.guard().failed_jobs().await.unwrap().is_empty());
        post.server.plan.lock().unwrap().clear();
        post.later().await;
        assert_eq!(
            (
                post.case.mails().await,
                post.server.had().len(),
                post.records().await
            ),
            (vec![Sent], 1, 1),
            "within an hour of the server's return"
        );
    }
);

posted!(
    a_confirmation_of_which_nobody_can_tell_goes_again_the_same,
    |post: Post| async move {
        post.server.will(&[HangsUp, HangsUp]);
        post.case.work().await;
        assert_eq!((post.case.mails().await, post.records().await), (vec![Queued], 0));
        post.later().await;
        post.later().await;
        let had = post.server.had();
        assert_eq!(
            (post.case.mails().await, had.len(), post.records().await),
            (vec![Sent], 3, 1)
        );
        assert!(
            had.iter()
                .all(|id| *id == had[0] && id.ends_with("@cabinet.example>")),
            "{had:?}"
        );
    }
);

posted!(
    a_mail_refused_for_good_is_not_tried_again,
    |post: Post| async move {
        post.server.will(&[Refuses]);
        post.case.work().await;
        post.later().await;
        assert_eq!(
            (
                post.case.mails().await,
                post.server.had().len(),
                post.records().await
            ),
            (vec![Bounced], 0, 0)
        );
    }
);

posted!(
    a_refusal_of_which_nobody_can_tell_waits_for_a_human,
    |post: Post| async move {
        post.case.work().await;
        post.refuse().await;
        post.server.will(&[PutsOff, HangsUp, HangsUp]);
        post.case.work().await;
        assert_eq!(
            post.case.mails().await,
            [Queued, Sent],
            "surely not sent: it goes again"
        );
        post.later().await;
        assert_eq!(post.case.mails().await, [Sent, Unknown]);
        for _ in 0..20 {
            post.later().await;
        }
        assert_eq!(
            (post.server.had().len(), post.records().await),
            (2, 1),
            "never again by itself"
        );

        let site = &post.case.site;
        let waiting = service::unsettled_mails(site, &post.recruiter).await.unwrap();
        assert_eq!(waiting, [post.application]);
        let dpo = post.case.staff("dpo", "d@groupe.example").await;
        assert!(matches!(
            service::settle_mail(site, &dpo, post.application, true).await,
            Err(Error::Forbidden)
        ));
        service::settle_mail(site, &post.recruiter, post.application, true)
            .await
            .unwrap();
        post.case.work().await;
        assert_eq!(post.case.mails().await, [Sent, Unknown], "it broke off once more");
        service::settle_mail(site, &post.recruiter, post.application, true)
            .await
            .unwrap();
        post.case.work().await;
        let had = post.server.had();
        assert_eq!(
            (post.case.mails().await, had.len(), post.records().await),
            (vec![Sent, Sent], 4, 2)
        );
        assert!(had[1..].iter().all(|id| *id == had[1]), "{had:?}");
        assert!(matches!(
            service::settle_mail(&post.case.site, &post.recruiter, post.application, false).await,
            Err(Error::TooLate)
        ));
    }
);

posted!(
    a_worker_killed_while_sending_loses_no_confirmation,
    |post: Post| async move {
        post.die_while_sending().await;
        post.case.work().await;
        assert_eq!(
            (post.case.mails().await, post.server.had().len()),
            (vec![Sending], 0),
            "another may still be at it"
        );
        post.later().await;
        assert_eq!(
            (
                post.case.mails().await,
                post.server.had().len(),
                post.records().await
            ),
            (vec![Sent], 1, 1)
        );
    }
);

posted!(
    a_worker_killed_while_sending_repeats_no_refusal,
    |post: Post| async move {
        post.case.work().await;
        post.refuse().await;
        post.die_while_sending().await;
        post.later().await;
        post.later().await;
        assert_eq!(
            (post.case.mails().await, post.server.had().len()),
            (vec![Sent, Unknown], 1)
        );
        assert!(matches!(
            service::undo_refusal(&post.case.site, &post.recruiter, post.application).await,
            Err(Error::TooLate)
        ));
        assert_eq!((post.records().await, post.settled().await.len()), (1, 0));
        service::settle_mail(&post.case.site, &post.recruiter, post.application, false)
            .await
            .unwrap();
        post.later().await;
        assert_eq!(
            (
                post.case.mails().await,
                post.server.had().len(),
                post.records().await
            ),
            (vec![Sent, Sent], 1, 2),
            "taken as sent, and recorded as such"
        );
        let own = post.guard().filed(post.recruiter.staff().unwrap().cast()).await;
        let human = post.guard().pseudonym(&own.unwrap());
        let settled = post.settled().await;
        assert!(
            settled.len() == 1 && settled[0].contains("taken_as_sent") && settled[0].contains(&human),
            "{settled:?}"
        );
    }
);

posted!(
    a_refusal_that_the_mail_server_refused_waits_for_a_human,
    |post: Post| async move {
        post.case.work().await;
        post.refuse().await;
        post.server.will(&[Refuses, Refuses]);
        post.case.work().await;
        post.later().await;
        let site = &post.case.site;
        assert_eq!(post.case.mails().await, [Sent, Bounced], "not again by itself");
        let waiting = async || service::unsettled_mails(site, &post.recruiter).await.unwrap();
        assert_eq!(waiting().await, [post.application]);
        service::settle_mail(site, &post.recruiter, post.application, true)
            .await
            .unwrap();
        post.case.work().await;
        assert_eq!(
            post.case.mails().await,
            [Sent, Bounced],
            "sent again, and refused again"
        );
        service::settle_mail(site, &post.recruiter, post.application, false)
            .await
            .unwrap();
        assert_eq!(
            (
                post.case.mails().await,
                waiting().await.len(),
                post.records().await
            ),
            (vec![Sent, ToldOtherwise], 0, 1)
        );
        assert!(matches!(
            service::settle_mail(site, &post.recruiter, post.application, true).await,
            Err(Error::TooLate)
        ));
    }
);

posted!(
    a_record_of_sending_names_every_field_that_the_letter_carries,
    |post: Post| async move {
        let vacancy = post.case.vacancy(&post.recruiter).await;
        let application = post.case.apply(Some(&vacancy)).await;
        service::refuse(&post.case.site, &post.recruiter, application, Reason::Experience)
            .await
            .unwrap();
        post.case.work().await;
        post.case.clock.advance(UNDO_SECONDS);
        post.case.work().await;
        let mut disclosed = post.disclosed().await;
        disclosed.sort();
        assert_eq!(
            disclosed,
            [
                "email exchange",
                "email given_name family_name vacancy decision exchange",
                "email vacancy exchange"
            ]
        );
    }
);

posted!(of_two_workers_one_sends, |post: Post| async move {
    for _ in 0..5 {
        post.case.apply(None).await;
    }
    tokio::join!(post.case.work(), post.case.work(), post.case.work());
    let mut had = post.server.had();
    had.sort();
    had.dedup();
    assert_eq!(
        (had.len(), post.server.had().len(), post.records().await),
        (6, 6, 6)
    );
});
