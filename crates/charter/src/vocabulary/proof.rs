//! Owns: words about proof: how strong a piece of evidence is, how a clause stands. Doesn't own: looking
//! (`guard::prove`).

kernel::words! {
    /// How much a piece of evidence shows, the strongest first.
    pub enum Strength {
        /// The build or the schema forbids the contrary.
        Structural = "structural",
        /// The whole population was looked at.
        Detective = "detective",
        /// A synthetic person was pushed through and is gone.
        Canary = "canary",
        /// A door refused.
        Preventive = "preventive",
        /// Looked for and not found.
        Absence = "absence",
        /// A processor's signed receipt.
        External = "external",
        /// A dated, expiring human statement.
        Attested = "attested",
        /// Nothing behind it.
        Declared = "declared",
    }
}

kernel::words! {
    /// How a clause stands beside the published policy.
    pub enum Status {
        /// A fresh structural, detective or canary check covers the whole clause.
        Proven = "proven",
        /// Only preventive or absence checks.
        Observed = "observed",
        Attested = "attested",
        Declared = "declared",
        /// No check has run.
        Pending = "pending",
        Overdue = "overdue",
        Broken = "broken",
        /// Its capability is off.
        NotOffered = "not_offered",
        NotApplicable = "not_applicable",
    }
}
