//! CPU time and memory of the server under test, read from /proc.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

/// `USER_HZ`, which Linux fixes at 100 for everything in /proc.
const TICKS_PER_SECOND: u64 = 100;

/// CPU and memory of a process and all that it started.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) cpu: Duration,
    pub(crate) peak_resident_bytes: u64,
    pub(crate) processes: u32,
}

/// What the tree under `root` has used so far; zero when it is gone.
pub(crate) fn usage(root: u32) -> Usage {
    let stats = all_stats();
    let mut usage = Usage::default();
    for (pid, stat) in &stats {
        if descends_from(*pid, root, &stats) {
            usage.cpu += Duration::from_millis(stat.ticks * (1000 / TICKS_PER_SECOND));
            usage.peak_resident_bytes += peak_resident_bytes(*pid);
            usage.processes += 1;
        }
    }
    usage
}

/// CPU time of everything on the machine so far, what a hypervisor took away included.
pub(crate) fn machine_busy() -> Duration {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    Duration::from_millis(parse_busy(&text).unwrap_or(0) * (1000 / TICKS_PER_SECOND))
}

/// user, nice, system, irq, softirq and steal of proc(5); idle and iowait left out.
fn parse_busy(text: &str) -> Option<u64> {
    let fields: Vec<u64> = text
        .lines()
        .next()?
        .strip_prefix("cpu ")?
        .split_whitespace()
        .map_while(|field| field.parse().ok())
        .collect();
    let busy = fields.iter().take(8).enumerate();
    Some(
        busy.filter(|(index, _)| !matches!(index, 3 | 4))
            .map(|(_, ticks)| ticks)
            .sum(),
    )
}

#[derive(Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    ticks: u64,
}

fn all_stats() -> HashMap<u32, Stat> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return HashMap::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|pid| {
            let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            Some((pid, parse_stat(&text)?))
        })
        .collect()
}

/// Fields of proc(5) after the command, which may itself hold spaces and brackets.
fn parse_stat(text: &str) -> Option<Stat> {
    let (_, after_command) = text.rsplit_once(')')?;
    let fields: Vec<&str> = after_command.split_whitespace().collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Stat {
        parent: u32::try_from(number(1)?).ok()?,
        ticks: number(11)? + number(12)?,
    })
}

fn descends_from(pid: u32, root: u32, stats: &HashMap<u32, Stat>) -> bool {
    let mut current = pid;
    while current != root {
        match stats.get(&current) {
            Some(stat) if stat.parent != 0 => current = stat.parent,
            _ => return false,
        }
    }
    true
}

fn peak_resident_bytes(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    parse_peak(&status).unwrap_or(0)
}

fn parse_peak(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_with_brackets_and_spaces_is_skipped() {
        let text = "42 (a ) (b) S 7 42 42 0 -1 4194560 100 0 0 0 30 12 0 0 20 0 1 0 100 1 1";
        assert_eq!(
            parse_stat(text),
            Some(Stat {
                parent: 7,
                ticks: 42
            })
        );
        assert_eq!(parse_stat("42 (a) S 7"), None);
        assert_eq!(parse_stat(""), None);
    }

    #[test]
    fn only_the_tree_counts() {
        let stat = |parent| Stat { parent, ticks: 0 };
        let stats = HashMap::from([(1, stat(0)), (2, stat(1)), (3, stat(2)), (4, stat(1))]);
        assert!(descends_from(3, 2, &stats));
        assert!(descends_from(2, 2, &stats));
        assert!(!descends_from(4, 2, &stats));
        assert!(!descends_from(9, 2, &stats));
    }

    #[test]
    fn peak_memory_is_the_high_water_mark() {
        assert_eq!(
            parse_peak("VmPeak:\t 9 kB\nVmHWM:\t    12 kB\n"),
            Some(12 * 1024)
        );
        assert_eq!(parse_peak("VmPeak:\t 9 kB\n"), None);
    }

    #[test]
    fn idle_and_waiting_are_not_busy_and_guests_count_once() {
        let text = "cpu  1 2 4 1000 1000 8 16 32 5000 5000\ncpu0 9 9 9 9 9 9 9 9 9 9\n";
        assert_eq!(parse_busy(text), Some(63));
        assert_eq!(parse_busy(""), None);
    }

    #[test]
    fn the_tool_itself_uses_memory() {
        let usage = usage(std::process::id());
        assert!(usage.processes >= 1);
        assert!(usage.peak_resident_bytes > 0);
    }
}
