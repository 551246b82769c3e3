//! Owns: what is said in French about each trade. Doesn't own: how it is put together, nor its narrow spaces.

mod field;
mod office;

pub(super) use field::{ELECTRICITY, LOGISTICS, MAINTENANCE, NURSING, PROJECT, SAFETY, WELDING};
pub(super) use office::{ACCOUNTING, COMMUNICATION, DATA, LAW, PEOPLE, PURCHASING, SALES, SOFTWARE, SYSTEMS};
