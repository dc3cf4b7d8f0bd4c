"""What may be compared, and what the table says then."""

from dataclasses import replace

from bench.figures import Figures, figures_of, ratio, typical
from bench.settings import Settings
from bench.table import Comparison, growth, markdown, said, section

FIGURES = Figures(
    joins=21,
    failed_joins=0,
    join_p50_ms=100.0,
    join_p95_ms=200.0,
    expected=1000,
    delivered=1000,
    lower_layer=0,
    lost=0,
    delay_p50_us=500,
    delay_p95_us=900,
    delay_p99_us=1500,
    cpu_s=1.0,
    cpu_us_per_packet=5.0,
    peak_resident_bytes=2**20,
    others_cpu_share=0.05,
)
THEIRS = replace(FIGURES, cpu_us_per_packet=20.0)


class TestRatio:
    def test_it_is_our_cpu_over_theirs(self) -> None:
        assert ratio(FIGURES, THEIRS) == 0.25

    def test_two_percent_of_difference_are_still_compared(self) -> None:
        assert ratio(replace(FIGURES, delivered=980), THEIRS) == 0.25

    def test_more_than_two_percent_are_refused_with_both_counts(self) -> None:
        refusal = ratio(replace(FIGURES, delivered=979), THEIRS)
        assert isinstance(refusal, str)
        assert "979" in refusal
        assert "1000" in refusal

    def test_it_is_refused_whichever_server_delivered_less(self) -> None:
        assert isinstance(ratio(FIGURES, replace(THEIRS, delivered=900)), str)

    def test_failed_joins_are_refused_by_name(self) -> None:
        refusal = ratio(FIGURES, replace(THEIRS, failed_joins=1))
        assert refusal == "1 joins failed at livekit-server"

    def test_a_lower_layer_is_refused(self) -> None:
        assert ratio(replace(FIGURES, lower_layer=21), THEIRS) == "Jumpa sent a lower layer"

    def test_nothing_delivered_is_refused(self) -> None:
        nothing = replace(FIGURES, delivered=0, cpu_us_per_packet=None)
        assert ratio(nothing, nothing) == "nothing was delivered"


class TestTypical:
    def test_one_slow_run_does_not_move_the_cpu(self) -> None:
        runs = [replace(FIGURES, cpu_us_per_packet=cpu) for cpu in (50.0, 5.0, 4.0)]
        assert typical(runs).cpu_us_per_packet == 5.0

    def test_failures_and_losses_of_every_run_stay_visible(self) -> None:
        runs = [FIGURES, replace(FIGURES, failed_joins=2, lost=7), FIGURES]
        assert (typical(runs).failed_joins, typical(runs).lost) == (2, 7)


class TestReading:
    def test_a_run_that_delivered_nothing_is_still_read(self) -> None:
        figures = figures_of(
            {
                "joins": {"attempted": 2, "failed": 2, "join_ms": {"p50": None, "p95": None}},
                "packets": {"expected": 0, "delivered": 0, "lower_layer": 0, "lost": 0},
                "delay_us": {"p50": None, "p95": None, "p99": None},
                "server": {"cpu_s": None, "cpu_us_per_packet": None, "peak_resident_bytes": None},
                "generator": {"cpu_s": 0.0, "others_cpu_s": 0.0, "longest_turn_ms": 0.0},
                "window_s": 20.0,
            }
        )
        assert figures.failed_joins == 2
        assert figures.cpu_us_per_packet is None
        assert "none" in markdown([Comparison("empty", figures, figures)])


class TestTable:
    def test_every_row_has_every_column(self) -> None:
        lines = markdown([Comparison("1 video → 20", FIGURES, THEIRS)]).splitlines()
        assert {line.count("|") for line in lines} == {5}
        assert len({len(line) for line in lines}) == 1

    def test_a_refused_ratio_says_why_in_its_place(self) -> None:
        table = markdown([Comparison("room", replace(FIGURES, delivered=1), THEIRS)])
        assert "no ratio: delivered counts differ" in table

    def test_the_section_names_machine_and_settings(self) -> None:
        settings = Settings(seconds=20, repeats=3, publish=True, only="")
        text = section([Comparison("room", FIGURES, THEIRS)], {"cores": "2"}, settings)
        assert "3 runs of 20 s" in text
        assert "cores 2" in text


class TestGrowth:
    def test_is_told_of_both_servers(self) -> None:
        few = Comparison("10 tracks each", FIGURES, THEIRS)
        many = Comparison("100 tracks each", replace(FIGURES, cpu_us_per_packet=5.5), THEIRS)

        found = growth([few, many])

        assert found == {"Jumpa": 1.1, "livekit-server": 1.0}
        assert said(found).endswith("Jumpa 1.10, livekit-server 1.00.")

    def test_is_left_out_where_it_was_not_measured(self) -> None:
        few = Comparison("10 tracks each", FIGURES, THEIRS)
        nothing = Comparison("100 tracks each", replace(FIGURES, cpu_us_per_packet=None), THEIRS)

        assert said(growth([few])) == ""
        assert growth([few, nothing]) == {"livekit-server": 1.0}
