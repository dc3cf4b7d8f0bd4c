//! Reads a text of bits from the left.

/// What is still to be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bits<'a> {
    /// From the first bit.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// One bit; `None` at the end.
    pub(crate) fn flag(&mut self) -> Option<bool> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(bit == 1)
    }

    /// A number of so many bits, at most 32; `None` when there are fewer.
    pub(crate) fn number(&mut self, bits: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..bits {
            number = number << 1 | u32::from(self.flag()?);
        }
        Some(number)
    }

    /// One of `count` numbers, those of fewer bits first (AV1's `ns(n)`); `None` when there is none.
    pub(crate) fn one_of(&mut self, count: u32) -> Option<u32> {
        let width = count.checked_ilog2()? + 1;
        let short = (1_u64 << width) - u64::from(count);
        let number = self.number(width - 1)?;
        if u64::from(number) < short {
            return Some(number);
        }
        let doubled = u64::from(number) * 2 + u64::from(self.flag()?);
        u32::try_from(doubled - short).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn numbers_are_read_across_bytes_until_there_are_no_more() {
        let mut bits = Bits::new(&[0b1010_0000, 0b0110_0000]);
        assert_eq!(bits.flag(), Some(true));
        assert_eq!(bits.number(3), Some(2));
        assert_eq!(bits.number(7), Some(3));
        assert_eq!(bits.number(0), Some(0));
        assert_eq!(bits.number(6), None);
    }

    #[test]
    fn one_of_five_takes_two_bits_or_three() {
        let mut bits = Bits::new(&[0b0001_1011, 0b1000_0000]);
        let numbers: Vec<_> = (0..4).filter_map(|_| bits.one_of(5)).collect();
        assert_eq!(numbers, [0, 1, 2, 4]);
        assert_eq!(Bits::new(&[]).one_of(1), Some(0));
        assert_eq!(Bits::new(&[0xff]).one_of(0), None);
        assert_eq!(Bits::new(&[0xff; 5]).one_of(u32::MAX), Some(u32::MAX - 1));
    }
}
