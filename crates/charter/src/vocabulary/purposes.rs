//! Owns: words about why data is used, on which ground, by whom. Doesn't own: the rules that combine them.

kernel::words! {
    /// Whose data it is.
    pub enum People {
        Visitor = "visitor",
        Contact = "contact",
        AccountMember = "account_member",
        Candidate = "candidate",
        /// Found elsewhere; has applied for nothing yet.
        SourcedCandidate = "sourced_candidate",
        TalentPool = "talent_pool",
        Subscriber = "subscriber",
        NewsletterReader = "newsletter_reader",
        Recruiter = "recruiter",
        ClientContact = "client_contact",
        Prospect = "prospect",
        Customer = "customer",
        Expert = "expert",
        Referee = "referee",
        Staff = "staff",
        Deceased = "deceased",
    }
}

kernel::words! {
    /// What data is used for. The purposes a charter declares switch the capabilities on.
    pub enum PurposeKind {
        AnswerContact = "answer_contact",
        Apply = "apply",
        ApplyUnsolicited = "apply_unsolicited",
        ManageAccount = "manage_account",
        TrackApplication = "track_application",
        Screen = "screen",
        Assess = "assess",
        Train = "train",
        Interview = "interview",
        TalentPool = "talent_pool",
        ShareWithClient = "share_with_client",
        PublishProfile = "publish_profile",
        RecommendJobs = "recommend_jobs",
        RecommendProfiles = "recommend_profiles",
        Message = "message",
        Exchange = "exchange",
        Newsletter = "newsletter",
        ProspectB2b = "prospect_b2b",
        Promote = "promote",
        Survey = "survey",
        Audience = "audience",
        Personalise = "personalise",
        Experiment = "experiment",
        Improve = "improve",
        TrainAi = "train_ai",
        Secure = "secure",
        PreventFraud = "prevent_fraud",
        Support = "support",
        Order = "order",
        Bill = "bill",
        Dispute = "dispute",
        AccountBooks = "account_books",
        LegalDuty = "legal_duty",
        AnswerRights = "answer_rights",
        Backup = "backup",
    }
}

impl PurposeKind {
    /// Whether it is part of recruiting somebody.
    #[must_use]
    pub const fn is_recruitment(self) -> bool {
        matches!(
            self,
            Self::Apply
                | Self::ApplyUnsolicited
                | Self::TrackApplication
                | Self::Interview
                | Self::Screen
                | Self::Assess
                | Self::TalentPool
        )
    }
}

kernel::words! {
    /// A fact without which a purpose uses nothing.
    pub enum Need {
        /// A vacancy is open that needs such a profile.
        OpenVacancy = "open_vacancy",
        /// The person asked for it.
        PersonAsked = "person_asked",
        /// The project that the person applies to requires it.
        ProjectRequires = "project_requires",
        /// An account of the kind exists.
        Account = "account",
    }
}

kernel::words! {
    /// What is only counted: figures without any person's id.
    pub enum Count {
        Visits = "visits",
        PageViews = "page_views",
        Referrers = "referrers",
        Browsers = "browsers",
        /// LCP, INP and CLS, by page and type of browser.
        WebVitals = "web_vitals",
        Errors = "errors",
        Searches = "searches",
        Applications = "applications",
        Decisions = "decisions",
        Registrations = "registrations",
        FeatureUse = "feature_use",
        EmailOpens = "email_opens",
        EmailClicks = "email_clicks",
        Conversions = "conversions",
        Answers = "answers",
        Payments = "payments",
    }
}

kernel::words! {
    /// How somebody joins a list.
    pub enum OptIn {
        /// By asking.
        Single = "single",
        /// By asking, then by confirming through the mail received.
        Double = "double",
    }
}

kernel::words! {
    /// How a person stops what is sent to them.
    pub enum StopWay {
        /// A link in each message; following it is enough.
        Link = "link",
        /// The mail program's own button (RFC 8058).
        OneClick = "one_click",
        Account = "account",
        Phone = "phone",
        Email = "email",
    }
}

kernel::words! {
    /// How a person objects to what rests on a legitimate interest (GDPR art. 21).
    pub enum Objection {
        /// On grounds relating to their situation.
        Grounds = "grounds",
        /// Without grounds, by a switch of their own.
        Switch = "switch",
    }
}

kernel::words! {
    /// Where what arrives goes first.
    pub enum Intake {
        Direct = "direct",
        /// Apart, out of every search, until somebody has looked at it.
        Quarantine = "quarantine",
    }
}

kernel::words! {
    /// A legal basis (GDPR art. 6(1); `explicit_consent` art. 9(2)(a)).
    pub enum BasisKind {
        Consent = "consent",
        ExplicitConsent = "explicit_consent",
        Contract = "contract",
        Precontract = "precontract",
        LegalObligation = "legal_obligation",
        LegitimateInterest = "legitimate_interest",
    }
}

kernel::words! {
    /// When a role may read: a fact that the capability holding the data answers.
    pub enum Condition {
        /// Always, for the purpose.
        All = "all",
        /// What is assigned to them: their vacancy, their dossier.
        Assigned = "assigned",
        /// What is about themselves.
        Own = "own",
        /// What was addressed to them.
        Addressed = "addressed",
        /// What a client's request requires.
        ClientRequested = "client_requested",
        /// A technical operation that can't be done otherwise.
        Technical = "technical",
        /// An emergency, announced, with a reason, reviewed afterwards.
        BreakGlass = "break_glass",
    }
}

kernel::words! {
    /// What a role is charged with; desks and menus follow it.
    pub enum Duty {
        Recruit = "recruit",
        /// May refuse and hire: a named human's act.
        Decide = "decide",
        Sell = "sell",
        Publish = "publish",
        Support = "support",
        Books = "books",
        Technical = "technical",
        /// Staff, settings, the site itself; no candidate by that alone.
        Administer = "administer",
        /// The data protection officer's.
        Protect = "protect",
    }
}
