"""The official Python SDK, unmodified, takes logins through the sandbox the canonical way."""

import os
import sys

from kernel import ConflictError, Kernel, NotFoundError

PAGE = 10
CONNECTIONS = 45

client = Kernel(api_key="sk_sandbox", base_url=os.environ["KERNEL_BASE_URL"])
connections = client.auth.connections


def say(text: str) -> None:
    print(f"  python: {text}", flush=True)


def expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        sys.exit(f"  python: {what}: expected {wanted!r}, found {found!r}")


def create() -> list[str]:
    ids = [
        connections.create(domain=f"n{number}.password.example", profile_name="python").id
        for number in range(CONNECTIONS)
    ]
    try:
        client.with_options(max_retries=0).auth.connections.create(
            domain="n0.password.example", profile_name="python"
        )
        sys.exit("  python: a second connection for the same pair was not refused")
    except ConflictError as error:
        expect(error.body["existing_id"], ids[0], "existing_id")
    say(f"created {len(ids)} connections, and was refused a double")
    return ids


def list_pages(ids: list[str]) -> None:
    page = connections.list(profile_name="python", limit=PAGE)
    pages, listed = 1, [item.id for item in page.items]
    while page.has_next_page():
        page = page.get_next_page()
        pages += 1
        listed += [item.id for item in page.items]
    expect(sorted(listed), sorted(ids), "listed ids")
    expect(pages, 5, "pages")
    say(f"listed them over {pages} pages")


def fields_of(event: object, values: dict[str, str]) -> dict[str, str]:
    return {field.id: values[field.ref] for field in event.fields}


def log_in(domain: str, answers: list[dict]) -> str:
    """Follows one flow, giving the next answer at each new interaction."""
    connection = connections.create(domain=domain, profile_name="python-login").id
    login = connections.login(connection)
    expect(login.flow_type, "LOGIN", "flow_type")
    answered, end = set(), None
    with connections.follow(connection) as stream:
        for event in stream:
            if event.event != "managed_auth_state":
                continue
            end = event.flow_status
            if event.flow_step != "AWAITING_INPUT" or event.interaction_id in answered:
                continue
            answered.add(event.interaction_id)
            answer = answers.pop(0)
            if "choice" in answer:
                mode = {"selected_choice_id": answer["choice"]}
            else:
                mode = {"field_values": fields_of(event, answer["fields"])}
            sent = connections.submit(connection, interaction_id=event.interaction_id, **mode)
            expect(sent.accepted, True, "accepted")
    expect(end, "SUCCESS", f"end of {domain}")
    expect(connections.retrieve(connection).status, "AUTHENTICATED", "status")
    say(f"logged in to {domain} with {len(answered)} canonical answers")
    return connection


def history(connection: str) -> None:
    page = connections.timeline(connection, type="login")
    expect([(event.type, event.status) for event in page.items], [("login", "SUCCESS")], "timeline")
    say("read the timeline")


def delete(ids: list[str]) -> None:
    for connection in ids:
        connections.delete(connection)
    try:
        connections.retrieve(ids[0])
        sys.exit("  python: a deleted connection is still there")
    except NotFoundError:
        say(f"deleted {len(ids)} connections")


def main() -> None:
    expect(client.auth.context.retrieve().principal.type, "api_key", "principal")
    ids = create()
    list_pages(ids)
    password = {"fields": {"username": "ada@example.com", "password": "correct horse"}}
    code = {"fields": {"code": "123456"}}
    wrong = {"fields": {"code": "000000"}}
    ids.append(log_in("demo.example", [password, wrong, code]))
    ids.append(log_in("two-phones.example", [password, {"choice": "sms-17"}, code]))
    history(ids[-1])
    delete(ids)


main()
