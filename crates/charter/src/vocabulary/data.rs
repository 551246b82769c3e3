//! Owns: words about data and forms. Doesn't own: the built-in fields that use them (`crate::builtin`).

kernel::words! {
    /// What kind of thing a field says about a person (W3C DPV-PD where it has a term).
    pub enum Category {
        Identity = "identity",
        /// Form of address; never required (CJEU C-394/23, 9 January 2025).
        Title = "title",
        Contact = "contact",
        Address = "address",
        Birth = "birth",
        Nationality = "nationality",
        /// May work, yes or no: never the nationality behind it.
        WorkRight = "work_right",
        CvDocument = "cv_document",
        Letter = "letter",
        Experience = "experience",
        Education = "education",
        Skills = "skills",
        Languages = "languages",
        Availability = "availability",
        SocialLink = "social_link",
        Photo = "photo",
        AssessmentResult = "assessment_result",
        MatchScore = "match_score",
        AiResult = "ai_result",
        Note = "note",
        Message = "message",
        Status = "status",
        Favourite = "favourite",
        Search = "search",
        Usage = "usage",
        /// Address on the network, time, browser.
        Connection = "connection",
        CoarseLocation = "coarse_location",
        Credential = "credential",
        Consent = "consent",
        Billing = "billing",
        /// What a payment provider gives back; a card number has no word here and can't be declared.
        PaymentToken = "payment_token",
        Company = "company",
        FreeText = "free_text",
        DownloadCount = "download_count",
    }
}

kernel::words! {
    /// How a field is entered in a form.
    pub enum FieldKind {
        /// One line.
        Text = "text",
        Email = "email",
        Tel = "tel",
        /// Several lines.
        LongText = "long_text",
        /// One of `choices`.
        Choice = "choice",
        Date = "date",
        Password = "password",
        /// One file.
        File = "file",
        /// Several files.
        Files = "files",
        /// Never typed by anybody: observed or made by the service. No form can ask for it.
        Data = "data",
    }
}

kernel::words! {
    /// Whether a form insists on a field.
    pub enum Necessity {
        Required = "required",
        /// Written `"phone?"` in `asks`.
        Optional = "optional",
        /// Asked only where its `when` applies; never blocks a form by itself.
        Conditional = "conditional",
        /// May be asked by nobody, not even by mistake.
        Forbidden = "forbidden",
    }
}

kernel::words! {
    /// Where a field comes from; what isn't from the person is told within a month (GDPR art. 14(3)).
    pub enum Origin {
        Person = "person",
        ThirdParty = "third_party",
        Public = "public",
        Observed = "observed",
        Derived = "derived",
        Partner = "partner",
    }
}

kernel::words! {
    /// How much harm a field can do.
    pub enum Sensitivity {
        Ordinary = "ordinary",
        High = "high",
        /// GDPR art. 9.
        Special = "special",
        /// GDPR art. 10.
        Criminal = "criminal",
        Payment = "payment",
        NationalId = "national_id",
    }
}

kernel::words! {
    /// What the service fills in before the person types.
    pub enum Prefill {
        /// The reference of the vacancy that led to the form.
        VacancyReference = "vacancy_reference",
        /// The title of that vacancy.
        VacancyTitle = "vacancy_title",
        /// What the person gave before, when signed in.
        Account = "account",
    }
}

kernel::words! {
    /// What a form is for; the page that shows it looks it up by this.
    pub enum FormKind {
        Contact = "contact",
        Help = "help",
        TargetedApplication = "targeted_application",
        UnsolicitedApplication = "unsolicited_application",
        Account = "account",
        /// An account for one of the controller's own people.
        StaffAccount = "staff_account",
        Newsletter = "newsletter",
        Assessment = "assessment",
        Registration = "registration",
        Prospect = "prospect",
        Survey = "survey",
        Order = "order",
        /// A company's page.
        Company = "company",
        /// A person's structured CV.
        Profile = "profile",
        /// What one user writes to another.
        Exchange = "exchange",
        /// A rights request.
        Rights = "rights",
    }
}

kernel::words! {
    /// What a person confirms by sending a form.
    pub enum Ack {
        /// Nothing beyond sending it.
        None = "none",
        /// Having been told what becomes of the data.
        Read = "read",
        /// Consenting, by a box of its own that isn't ticked beforehand.
        Consent = "consent",
    }
}

kernel::words! {
    /// Where data come from when not straight from the person; told within a month (GDPR art. 14(3)).
    pub enum SourceKind {
        /// A form of this site.
        Form = "form",
        /// An application to no particular vacancy, by any way.
        Unsolicited = "unsolicited",
        Email = "email",
        Event = "event",
        /// A document of ours that the person asked for.
        Download = "download",
        /// A service of ours like this one.
        SimilarService = "similar_service",
        Assessment = "assessment",
        CvLibrary = "cv_library",
        ProfessionalNetwork = "professional_network",
        Referral = "referral",
        PublicRegister = "public_register",
        PublicPage = "public_page",
        DataProvider = "data_provider",
        Partner = "partner",
        Client = "client",
    }
}

impl SourceKind {
    /// True when the data come from the person's own hand.
    #[must_use]
    pub const fn is_direct(self) -> bool {
        matches!(
            self,
            Self::Form
                | Self::Unsolicited
                | Self::Email
                | Self::Event
                | Self::Download
                | Self::SimilarService
                | Self::Assessment
        )
    }
}

kernel::words! {
    /// A type of file that a field accepts.
    pub enum FileType {
        Pdf = "pdf",
        Docx = "docx",
        Doc = "doc",
        Odt = "odt",
        Rtf = "rtf",
        Txt = "txt",
        Jpeg = "jpeg",
        Png = "png",
    }
}

impl FileType {
    /// Its media type (IANA).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Doc => "application/msword",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Rtf => "application/rtf",
            Self::Txt => "text/plain",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The endings its files bear, without the dot, the usual one first.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Doc => &["doc"],
            Self::Odt => &["odt"],
            Self::Rtf => &["rtf"],
            Self::Txt => &["txt"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
        }
    }
}

impl FieldKind {
    /// True for the kinds that take files.
    #[must_use]
    pub const fn is_file(self) -> bool {
        matches!(self, Self::File | Self::Files)
    }
}
