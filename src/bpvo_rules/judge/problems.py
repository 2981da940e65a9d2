"""Problems of a profile that show only after judging: toelichtingen that explain nothing."""

from bpvo_rules.judge.profile import Profile
from bpvo_rules.judge.result import Result

__all__ = ["profile_problems"]


def profile_problems(judgement: Result) -> tuple[list[str], list[str]]:
    """
    Give the ids of toelichtingen that expired before the peildatum, and of those whose melding is not there.

    Both sorted; both empty without a profile. One id can be in both.
    """
    profile: Profile | None = judgement.settings.profile
    if profile is None:
        return [], []
    there = {melding.id for melding in judgement.meldingen()}
    expired = sorted(t.melding for t in profile.toelichtingen if t.tot_en_met < judgement.peildatum)
    return expired, sorted(t.melding for t in profile.toelichtingen if t.melding not in there)
