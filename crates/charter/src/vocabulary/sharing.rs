//! Owns: words about copies and about those who receive data for purposes of their own. Doesn't own: processors
//! (`sending`).

kernel::words! {
    /// What a copy is for.
    pub enum CopyMode {
        /// The same data in another tool.
        Replica = "replica",
        /// To restore what was lost.
        Backup = "backup",
        /// For speed; made again at need.
        Cache = "cache",
        Mailbox = "mailbox",
        Export = "export",
        /// For searching.
        Index = "index",
        /// Apart until somebody has looked at it.
        Quarantine = "quarantine",
    }
}

kernel::words! {
    /// Who receives data for purposes of their own.
    pub enum Recipient {
        Partner = "partner",
        Client = "client",
        /// A company of the controller's group.
        Affiliate = "affiliate",
        /// Police, magistrates, courts, supervisory authorities.
        Authority = "authority",
        /// Another person who uses the service.
        User = "user",
        Recruiter = "recruiter",
        Advertiser = "advertiser",
        /// Whoever reads the page.
        Public = "public",
    }
}

kernel::words! {
    /// How a sharing comes about.
    pub enum ShareMode {
        /// With each application, to whom it is for.
        PerApplication = "per_application",
        /// After a yes to that very partner.
        PerPartnerOptIn = "per_partner_opt_in",
        /// By the person publishing it.
        Publication = "publication",
        /// To fill in a registration form beforehand.
        Prefill = "prefill",
        /// In the exchanges that the person takes part in.
        Exchange = "exchange",
        /// As figures about groups.
        Aggregate = "aggregate",
        /// On a request that the law obliges to follow, or to defend a right.
        LegalRequest = "legal_request",
        /// Within the controller's group.
        Group = "group",
    }
}

kernel::words! {
    /// What the recipient is (GDPR art. 4(7), 26).
    pub enum Party {
        SeparateController = "separate_controller",
        JointController = "joint_controller",
    }
}

kernel::words! {
    /// When the person is told of a sharing.
    pub enum ShareNotice {
        /// Before the first one: which data and why.
        BeforeFirst = "before_first",
        AtEach = "at_each",
        /// By the policy.
        Policy = "policy",
    }
}
