//! Owns: words about what leaves, trackers, machines, rights, security and prohibitions. Doesn't own: who may
//! send what (`decide`).

kernel::words! {
    /// What a processor does for the controller.
    pub enum Service {
        Hosting = "hosting",
        Mail = "mail",
        Authentication = "authentication",
        Cms = "cms",
        Ocr = "ocr",
        LanguageModel = "language_model",
        Multiposting = "multiposting",
        Automation = "automation",
        Audience = "audience",
        Cdn = "cdn",
        Backup = "backup",
        Newsletter = "newsletter",
        Assessment = "assessment",
        Payment = "payment",
        Calendar = "calendar",
        Crm = "crm",
        Monitoring = "monitoring",
    }
}

kernel::words! {
    /// What makes a transfer outside the European Economic Area lawful (GDPR art. 45, 46).
    pub enum Transfer {
        /// Nothing leaves the area.
        None = "none",
        Adequacy = "adequacy",
        Dpf = "dpf",
        Scc = "scc",
        Bcr = "bcr",
    }
}

kernel::words! {
    /// What a processor receives when not a list of fields.
    pub enum Receives {
        /// Every field of the purposes it serves.
        All = "all",
        /// Only a form of the data that a check shows to identify nobody.
        Anonymous = "anonymous",
        /// Nothing about anybody.
        NothingPersonal = "nothing_personal",
        /// Figures about groups, each of so many people at least.
        Aggregate = "aggregate",
    }
}

kernel::words! {
    /// How what a processor holds goes away.
    pub enum Deletion {
        Api = "api",
        Cascade = "cascade",
        Ttl = "ttl",
        Manual = "manual",
        /// Into statistics without any person's id, at a set time.
        Count = "count",
    }
}

kernel::words! {
    /// What a processor's own logs hold.
    pub enum Logging {
        None = "none",
        Metadata = "metadata",
        Full = "full",
    }
}

kernel::words! {
    /// How a tracker works.
    pub enum TrackerKind {
        Cookie = "cookie",
        Storage = "storage",
        Pixel = "pixel",
        Redirect = "redirect",
        Fingerprint = "fingerprint",
        /// The identifier of a mobile device.
        DeviceId = "device_id",
    }
}

kernel::words! {
    /// What a tracker serves; decides whether it needs consent (loi Informatique et Libertés art. 82).
    pub enum TrackerClass {
        Necessary = "necessary",
        Preference = "preference",
        AudienceExempt = "audience_exempt",
        Analytics = "analytics",
        Advertising = "advertising",
        EmailOpen = "email_open",
        EmailClick = "email_click",
        Security = "security",
        /// Remembers a consent or a refusal.
        Choice = "choice",
    }
}

impl TrackerClass {
    /// True when the class may be set without consent.
    #[must_use]
    pub const fn is_exempt(self) -> bool {
        matches!(
            self,
            Self::Necessary | Self::Preference | Self::AudienceExempt | Self::Security | Self::Choice
        )
    }
}

kernel::words! {
    /// Whether a tracker waits for a yes.
    pub enum Consent {
        Exempt = "exempt",
        OptIn = "opt_in",
    }
}

kernel::words! {
    /// What a machine is used for.
    pub enum AiTask {
        Skills = "skills",
        Suitability = "suitability",
        Summary = "summary",
        Ocr = "ocr",
        /// Propose vacancies, profiles or content.
        Recommend = "recommend",
    }
}

kernel::words! {
    /// Whether a model is trained on the data.
    pub enum Training {
        Never = "never",
        /// Of those who said yes.
        OptIn = "opt_in",
        /// Of all but those who object.
        UnlessObjected = "unless_objected",
    }
}

kernel::words! {
    /// A standard that a processor is certified against or declares to follow.
    pub enum Standard {
        Gdpr = "gdpr",
        Iso27001 = "iso27001",
        Iso27701 = "iso27701",
        Soc2 = "soc2",
        PciDss = "pci_dss",
        Hds = "hds",
        Secnumcloud = "secnumcloud",
        /// The list of the EU–US Data Privacy Framework, beside another transfer basis.
        Dpf = "dpf",
    }
}

kernel::words! {
    /// What the machine gets to see.
    pub enum AiInput {
        Anonymous = "anonymous",
        /// The text on this machine; nothing is sent.
        Local = "local",
        Document = "document",
    }
}

kernel::words! {
    /// The human's part beside a machine's result.
    pub enum Human {
        Decides = "decides",
        Verifies = "verifies",
    }
}

kernel::words! {
    /// A right of the person (GDPR art. 7(3), 15 to 22, 77; loi Informatique et Libertés art. 85; AI Act art. 86).
    pub enum Right {
        Access = "access",
        Rectify = "rectify",
        Erase = "erase",
        Restrict = "restrict",
        Portability = "portability",
        Object = "object",
        Withdraw = "withdraw",
        HumanReview = "human_review",
        Explanation = "explanation",
        Complaint = "complaint",
        PostMortem = "post_mortem",
    }
}

kernel::words! {
    /// When a proof of identity is asked of who exercises a right (GDPR art. 12(6)).
    pub enum Identity {
        Never = "never",
        OnDoubt = "on_doubt",
    }
}

kernel::words! {
    /// How people are told or may reach the controller.
    pub enum Channel {
        Site = "site",
        Email = "email",
        Post = "post",
        Phone = "phone",
        /// The person's own area on the site.
        Account = "account",
    }
}

kernel::words! {
    /// What a new purpose takes before it may begin.
    pub enum NewPurpose {
        Notice = "notice",
        Consent = "consent",
    }
}

kernel::words! {
    /// What somebody may do who opposes a change of the policy.
    pub enum Opposition {
        CloseAccount = "close_account",
        /// The rules under which the data were collected go on for them.
        KeepOldRules = "keep_old_rules",
    }
}

kernel::words! {
    /// When people are told something beyond the published policy.
    pub enum Moment {
        Collection = "collection",
        FirstContact = "first_contact",
        BeforeSharing = "before_sharing",
        /// Before a machine or a test is used on their application (code du travail L1221-8).
        BeforeMachine = "before_machine",
        Rejection = "rejection",
        Change = "change",
    }
}

kernel::words! {
    /// A security measure (GDPR art. 32).
    pub enum Measure {
        EncryptionInTransit = "encryption_in_transit",
        EncryptionAtRest = "encryption_at_rest",
        /// One key per dossier, destroyed with it.
        DossierKeys = "dossier_keys",
        RoleAccess = "role_access",
        PersonalLogin = "personal_login",
        AccessRecords = "access_records",
        Logging = "logging",
        EnvironmentsApart = "environments_apart",
        EncryptedBackups = "encrypted_backups",
        RestoreDrills = "restore_drills",
        SecondFactor = "second_factor",
        Audits = "audits",
        /// Against loss and alteration.
        Integrity = "integrity",
        Availability = "availability",
        PhysicalSecurity = "physical_security",
        /// Internal files apart from people's data.
        InternalDataApart = "internal_data_apart",
        /// An organisation, contracts and rules for the staff.
        Organisation = "organisation",
        StaffRules = "staff_rules",
        StrictContracts = "strict_contracts",
    }
}

kernel::words! {
    /// What the controller doesn't do, whatever another rule says.
    pub enum Prohibition {
        Sell = "sell",
        ShareForProspecting = "share_for_prospecting",
        AdTracker = "ad_tracker",
        IndividualTracking = "individual_tracking",
        EmailTracking = "email_tracking",
        SoleAutomatedDecision = "sole_automated_decision",
        TrainAi = "train_ai",
        EmotionAi = "emotion_ai",
        LeaveEea = "leave_eea",
        /// Whoever built the site reads no production data.
        VendorAccess = "vendor_access",
        StoreCard = "store_card",
        /// Nothing of code du travail L1132-1 is searched or matched.
        ProtectedGrounds = "protected_grounds",
        KeepInMailboxes = "keep_in_mailboxes",
        /// No exchange of data with anybody, for money or not.
        Exchange = "exchange",
        /// Nothing goes to a partner before the person agrees.
        ShareWithoutAgreement = "share_without_agreement",
        /// Browsing isn't followed from one site to another.
        CrossSite = "cross_site",
        /// Nobody is asked what they earn or earned (directive (EU) 2023/970 art. 5).
        AskSalaryHistory = "ask_salary_history",
    }
}
