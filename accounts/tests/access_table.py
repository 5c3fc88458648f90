from accounts.tests.factories import letter, mailed
from bpl.tests.access import Row

# Who opens a link's page without having shown its secret is sent to `lost`, signed in or not.


def link(cast):
    return {"link_id": letter(cast.lena, cast.ada, cast.school).pk}


def token(cast):
    return {"token": mailed(cast.rosa, cast.ada, cast.school)[1]}


ROWS = [
    Row("accounts:join", public=True),
    Row("accounts:join", method="post", public=True),
    Row("accounts:lost", public=True),
    Row("accounts:open", kwargs=token, public=True),
    Row("accounts:accept", kwargs=link, public=True),
    Row("accounts:accept", method="post", kwargs=link, public=True),
    Row("accounts:confirm_address", kwargs=link, public=True),
    Row("accounts:confirm_address", method="post", kwargs=link, public=True),
    Row("accounts:profile", signed_in=True),
    Row("accounts:profile", method="post", signed_in=True),
    Row("accounts:address", method="post", signed_in=True),
    Row("accounts:take_back_address", method="post", signed_in=True),
    Row("accounts:sign_out_everywhere", method="post", signed_in=True),
]
