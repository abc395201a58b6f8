//! The zip container of a book, as OCF wants it (EPUB 3.3, section 4.3).
//!
//! Members come compressed, so all sizes are known before their headers: no data descriptors, no extra fields, no
//! seeking, fixed times, zip64 only where the numbers need it.

use std::io::{self, Write};

use libdeflater::{CompressionLvl, Compressor};

/// The level of libdeflate; it is part of what makes a book's bytes the same everywhere.
const LEVEL: i32 = 6;

/// 1980-01-01 00:00:00, the first moment that zip can tell.
const DOS_TIME: u16 = 0;
const DOS_DATE: u16 = 1 << 5 | 1;

/// A file of the container, ready to be written.
#[derive(Clone, Debug)]
pub struct Member {
    pub name: String,
    pub crc: u32,
    size: u64,
    data: Vec<u8>,
    deflated: bool,
}

impl Member {
    /// Makes a member that is stored as it is.
    pub fn stored(name: impl Into<String>, data: Vec<u8>) -> Self {
        Self { name: name.into(), crc: crc32fast::hash(&data), size: data.len() as u64, data, deflated: false }
    }

    /// Makes a compressed member, or a stored one where compression does not help.
    pub fn compressed(name: impl Into<String>, data: &[u8]) -> Self {
        let mut compressor = Compressor::new(CompressionLvl::new(LEVEL).expect("libdeflate knows the level"));
        let mut out = vec![0; compressor.deflate_compress_bound(data.len())];
        match compressor.deflate_compress(data, &mut out) {
            Ok(length) if length < data.len() => {
                out.truncate(length);
                out.shrink_to_fit();
                Self { name: name.into(), crc: crc32fast::hash(data), size: data.len() as u64, data: out, deflated: true }
            }
            _ => Self::stored(name, data.to_vec()),
        }
    }

    /// How many bytes it takes in the container, without headers.
    pub fn packed_size(&self) -> usize {
        self.data.len()
    }
}

/// Writes a container member by member.
#[derive(Debug)]
pub struct Container<W: Write> {
    out: W,
    offset: u64,
    directory: Vec<u8>,
    count: u64,
}

impl<W: Write> Container<W> {
    /// Begins a container with what marks it as a book.
    pub fn new(out: W) -> io::Result<Self> {
        let mut container = Self { out, offset: 0, directory: Vec::new(), count: 0 };
        container.add(&Member::stored("mimetype", b"application/epub+zip".to_vec()))?;
        Ok(container)
    }

    pub fn add(&mut self, member: &Member) -> io::Result<()> {
        let too_large = || io::Error::new(io::ErrorKind::InvalidInput, format!("`{}` is larger than 4 GiB", member.name));
        let size = u32::try_from(member.size).map_err(|_| too_large())?;
        let packed = u32::try_from(member.data.len()).map_err(|_| too_large())?;
        let far = self.offset >= u64::from(u32::MAX);
        let version: u16 = match (far, member.deflated) {
            (true, _) => 45,
            (false, true) => 20,
            (false, false) => 10,
        };
        let mut common = Vec::with_capacity(26);
        // The name is ASCII, so no flag is needed to say how it is encoded.
        for short in [version.min(20), 0, if member.deflated { 8 } else { 0 }, DOS_TIME, DOS_DATE] {
            common.extend_from_slice(&short.to_le_bytes());
        }
        for long in [member.crc, packed, size] {
            common.extend_from_slice(&long.to_le_bytes());
        }
        common.extend_from_slice(&(member.name.len() as u16).to_le_bytes());

        let mut header = b"PK\x03\x04".to_vec();
        header.extend_from_slice(&common);
        header.extend_from_slice(&0u16.to_le_bytes());
        header.extend_from_slice(member.name.as_bytes());
        self.out.write_all(&header)?;
        self.out.write_all(&member.data)?;

        self.directory.extend_from_slice(b"PK\x01\x02");
        // Made by: Unix, version 4.5 of the format.
        self.directory.extend_from_slice(&[45, 3]);
        common[..2].copy_from_slice(&version.to_le_bytes());
        self.directory.extend_from_slice(&common);
        let extra_length: u16 = if far { 12 } else { 0 };
        // Extra length, comment length, disk, internal attributes.
        for short in [extra_length, 0, 0, 0] {
            self.directory.extend_from_slice(&short.to_le_bytes());
        }
        self.directory.extend_from_slice(&(0o100_644u32 << 16).to_le_bytes());
        let offset = if far { u32::MAX } else { self.offset as u32 };
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(member.name.as_bytes());
        if far {
            self.directory.extend_from_slice(&[1, 0, 8, 0]);
            self.directory.extend_from_slice(&self.offset.to_le_bytes());
        }
        self.offset += (header.len() + member.data.len()) as u64;
        self.count += 1;
        Ok(())
    }

    /// How many bytes have been written so far.
    pub fn bytes_written(&self) -> u64 {
        self.offset
    }

    /// Writes the directory and gives the output back.
    pub fn finish(mut self) -> io::Result<W> {
        let size = self.directory.len() as u64;
        self.out.write_all(&self.directory)?;
        let short_count = u16::try_from(self.count).unwrap_or(u16::MAX);
        let short_size = u32::try_from(size).unwrap_or(u32::MAX);
        let short_offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
        let mut end = Vec::new();
        if short_count == u16::MAX || short_size == u32::MAX || short_offset == u32::MAX {
            end.extend_from_slice(b"PK\x06\x06");
            end.extend_from_slice(&44u64.to_le_bytes());
            end.extend_from_slice(&[45, 3, 45, 0]);
            end.extend_from_slice(&[0; 8]);
            for long in [self.count, self.count, size, self.offset] {
                end.extend_from_slice(&long.to_le_bytes());
            }
            end.extend_from_slice(b"PK\x06\x07\0\0\0\0");
            end.extend_from_slice(&(self.offset + size).to_le_bytes());
            end.extend_from_slice(&1u32.to_le_bytes());
        }
        end.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        for short in [short_count, short_count] {
            end.extend_from_slice(&short.to_le_bytes());
        }
        for long in [short_size, short_offset] {
            end.extend_from_slice(&long.to_le_bytes());
        }
        end.extend_from_slice(&0u16.to_le_bytes());
        self.out.write_all(&end)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(members: &[Member]) -> Vec<u8> {
        let mut container = Container::new(Vec::new()).expect("memory takes all");
        for member in members {
            container.add(member).expect("memory takes all");
        }
        container.finish().expect("memory takes all")
    }

    #[test]
    fn begins_as_readers_want_it() {
        let bytes = book(&[Member::compressed("a.txt", &[b'a'; 100])]);
        assert_eq!(&bytes[..30], b"PK\x03\x04\x0a\0\0\0\0\0\0\0\x21\0\x6f\x61\xab\x2c\x14\0\0\0\x14\0\0\0\x08\0\0\0");
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        assert_eq!(&bytes[58..66], b"PK\x03\x04\x14\0\0\0");
        assert_eq!(bytes, book(&[Member::compressed("a.txt", &[b'a'; 100])]));
    }

    #[test]
    fn what_does_not_shrink_is_stored() {
        let member = Member::compressed("a", b"ab");
        assert_eq!((member.deflated, member.packed_size()), (false, 2));
    }

    #[test]
    fn many_members_make_a_zip64_end() {
        let few = book(&vec![Member::stored("a", Vec::new()); 65_533]);
        let many = book(&vec![Member::stored("a", Vec::new()); 65_534]);
        assert!(!few.windows(4).any(|w| w == b"PK\x06\x06"));
        let end = &many[many.len() - 98..];
        assert_eq!((&end[..4], &end[56..60], &end[76..80]), (&b"PK\x06\x06"[..], &b"PK\x06\x07"[..], &b"PK\x05\x06"[..]));
        assert_eq!(end[24..32], 65_535u64.to_le_bytes());
    }
}
