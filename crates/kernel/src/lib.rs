//! Owns: ids, [`Clock`], [`Rng`], [`Locale`], [`Duration`], [`Money`], [`Page`]: the words every other room
//! speaks. Doesn't own: any input or output, any `async`, anything a person typed.

mod causes;
mod clock;
mod duration;
mod id;
mod locale;
mod money;
mod page;
mod rng;
mod word;

pub use causes::Causes;
pub use clock::{Clock, Date, Timestamp, Zone};
pub use duration::{Duration, DurationError};
pub use id::{Id, IdError};
pub use locale::Locale;
pub use money::{Currency, Money};
pub use page::{Cursor, Page};
pub use rng::Rng;
pub use word::{UnknownWord, Word};
