"""Where an upper app asks to be told that a role was given or has ended.

An upper app appends a callable to these lists in its `AppConfig.ready()`. It is called inside the
act's transaction with the account and the code of the role, and ignores roles not its own.
"""

from collections.abc import Callable

from accounts.models import User

RoleListener = Callable[[User, str], None]

ROLE_GIVEN: list[RoleListener] = []
ROLE_ENDED: list[RoleListener] = []  # called once the account holds the role in no scope at all
