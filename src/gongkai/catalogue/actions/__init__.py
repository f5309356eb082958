"""What is done with the standard catalogue."""

from gongkai.catalogue.actions.importing import import_catalogue, set_up_field, why_not_import
from gongkai.catalogue.actions.powers import (
    change_power,
    import_powers,
    note_functions,
    why_not_keep_powers,
)
from gongkai.catalogue.actions.proposing import (
    add_change,
    decide,
    drop,
    drop_change,
    propose,
    submit,
    why_not_change,
    why_not_decide,
    why_not_propose,
    why_not_submit,
)

__all__ = [
    "add_change",
    "change_power",
    "decide",
    "drop",
    "drop_change",
    "import_catalogue",
    "import_powers",
    "note_functions",
    "propose",
    "set_up_field",
    "submit",
    "why_not_change",
    "why_not_decide",
    "why_not_import",
    "why_not_keep_powers",
    "why_not_propose",
    "why_not_submit",
]
