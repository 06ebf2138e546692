"""The first step in a sandbox: give up rights, then become the zygote: ``python -m inside.start ADDRESS``.

Standard input says in one JSON object what the tier asks for: `fence`, what the process may open
(arguments of `fence.restrict`), or null where something else sees to it; `parent`, the process to
end with, or null.
"""

from __future__ import annotations

import json
import sys

from . import fence, rights

if __name__ == "__main__":
    wanted = json.load(sys.stdin)
    rights.give_up()
    if wanted["parent"] is not None:
        rights.die_with(wanted["parent"])
    if wanted["fence"] is not None:
        fence.restrict(**wanted["fence"])
    from .zygote import main  # only now, so that what the fence lacks shows at the start

    main(sys.argv[1])
