"""The verbs as tools of an MCP server, made fit for it: called at once, and their answers in JSON."""

import json
from copy import copy
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction


def adapt_tools(demo: gr.Blocks) -> None:
    """From now on, for the app being served; nothing where it serves no tools.

    Gradio would write the answers as Python does, where programs and language models read JSON. It would also have the app call
    itself over the network for each tool, a call that the door refuses where readers log in: the tool's own caller has passed it.
    """
    server = demo.mcp_server_obj
    if server is None:
        return
    written, named = server.postprocess_output_data, server.get_block_fn_from_endpoint_name

    def in_json(answers: list[Any], root: str) -> list[Any]:
        return written([json.dumps(answer, ensure_ascii=False) for answer in answers], root)

    def at_once(endpoint: str) -> BlockFunction | None:
        verb = copy(named(endpoint))
        if verb:
            verb.queue = False
        return verb

    server.postprocess_output_data, server.get_block_fn_from_endpoint_name = in_json, at_once
