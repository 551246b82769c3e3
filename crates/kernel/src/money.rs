//! Owns: [`Money`] in whole cents. Doesn't own: how a locale writes it.

crate::words! {
    /// A currency (ISO 4217).
    pub enum Currency {
        /// The euro.
        Eur = "EUR",
        /// The Swiss franc.
        Chf = "CHF",
        /// The pound sterling.
        Gbp = "GBP",
    }
}

/// An amount in hundredths of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Money {
    /// Hundredths: cents, pence, centimes.
    pub cents: i64,
    /// In which currency.
    pub currency: Currency,
}
