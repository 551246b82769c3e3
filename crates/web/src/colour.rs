//! Owns: [`Colour`], its contrast and its lightness. Doesn't own: which colours a theme may take.

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(hex: &str) -> Option<Self> {
        let digits = hex
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        digits
            .chars()
            .all(|c| c.is_ascii_hexdigit())
            .then_some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Writes `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, definitions).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2, definitions).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour with `share` (0 to 1) of another.
    #[must_use]
    pub(crate) fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Hue in turns, saturation and lightness, each 0 to 1.
    fn hsl(self) -> [f64; 3] {
        let [red, green, blue] = [self.0, self.1, self.2].map(|part| f64::from(part) / 255.0);
        let (high, low) = (red.max(green).max(blue), red.min(green).min(blue));
        let (span, light) = (high - low, f64::midpoint(high, low));
        if span == 0.0 {
            return [0.0, 0.0, light];
        }
        let sixths = if high == red {
            (green - blue) / span
        } else if high == green {
            (blue - red) / span + 2.0
        } else {
            (red - green) / span + 4.0
        };
        [
            (sixths / 6.0).rem_euclid(1.0),
            span / (1.0 - (2.0 * light - 1.0).abs()),
            light,
        ]
    }

    fn of_hsl([hue, saturation, light]: [f64; 3]) -> Self {
        let reach = saturation * light.min(1.0 - light);
        let part = |offset: f64| {
            let at = (offset + hue * 12.0).rem_euclid(12.0);
            let share = light - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
            (share * 255.0).round() as u8
        };
        Self(part(0.0), part(8.0), part(4.0))
    }

    /// The same hue at another lightness, with `share` of its saturation: on dark paper a full one glares.
    #[must_use]
    pub(crate) fn lit(self, light: f64, share: f64) -> Self {
        let [hue, saturation, _] = self.hsl();
        Self::of_hsl([hue, saturation * share, light])
    }

    /// Its lightness, 0 to 1.
    #[must_use]
    pub(crate) fn lightness(self) -> f64 {
        self.hsl()[2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_wcag_s() {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that reads on white.
        assert!(Colour(0x76, 0x76, 0x76).contrast(white) >= 4.5);
        assert!(Colour(0x77, 0x77, 0x77).contrast(white) < 4.5);
    }

    #[test]
    fn reads_and_writes_hexadecimal() {
        assert_eq!(
            Colour::parse("#0F5e5c").map(Colour::hex).as_deref(),
            Some("#0f5e5c")
        );
        for bad in [
            "", "#", "red", "#12345", "#1234567", "#12345g", "#+12345", "#é1234",
        ] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn light_changes_and_comes_back() {
        for colour in [
            Colour(15, 94, 92),
            Colour(200, 10, 120),
            Colour(7, 7, 7),
            Colour(255, 229, 0),
            Colour(255, 255, 255),
        ] {
            assert_eq!(colour.lit(colour.lightness(), 1.0), colour);
        }
    }
}
