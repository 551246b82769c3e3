//! Owns: words about how long data is kept. Doesn't own: the arithmetic (`model::retention`).

kernel::words! {
    /// The event a clock counts from.
    pub enum Trigger {
        Collected = "collected",
        Submitted = "submitted",
        /// The person's own: opening a mail is none, and neither is a recruiter's click.
        LastContact = "last_contact",
        LastActivity = "last_activity",
        Decision = "decision",
        ProcessEnd = "process_end",
        AccountClosed = "account_closed",
        ContractEnd = "contract_end",
        Payment = "payment",
        FiscalYearEnd = "fiscal_year_end",
        ConsentGiven = "consent_given",
        /// A yes was asked for and hasn't come: once it has, this didn't happen.
        ConsentAsked = "consent_asked",
        Withdrawn = "withdrawn",
        Objected = "objected",
        Unsubscribed = "unsubscribed",
        DeathNotified = "death_notified",
        JudgedIrrelevant = "judged_irrelevant",
        /// Found relevant or not: somebody has looked at it.
        Judged = "judged",
        ParentDeleted = "parent_deleted",
        Connection = "connection",
        EndOfRequest = "end_of_request",
    }
}

kernel::words! {
    /// What happens when a clock ends.
    pub enum Action {
        Erase = "erase",
        /// Into statistics without any person's id.
        Count = "count",
        Archive = "archive",
        Restrict = "restrict",
        AskRenewal = "ask_renewal",
        PurgeCache = "purge_cache",
    }
}

kernel::words! {
    /// Which of several triggers rules.
    pub enum Combine {
        FirstOf = "first_of",
        LastOf = "last_of",
    }
}

kernel::words! {
    /// What silence means once a renewal was asked. There is no word for "keep": silence never prolongs.
    pub enum OnSilence {
        Erase = "erase",
        Restrict = "restrict",
    }
}

kernel::words! {
    /// What may suspend an erasure; the data is then restricted, never used more.
    pub enum Hold {
        LegalClaim = "legal_claim",
        AuthorityRequest = "authority_request",
        Dispute = "dispute",
        /// What a person laid down for after their death (loi Informatique et Libertés art. 85).
        Directives = "directives",
    }
}
