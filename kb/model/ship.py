"""A trained model as a folder that `SentenceTransformer(path)` loads, small enough for a repository."""

import hashlib
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save
from tokenizers import Tokenizer
from transformers import BertModel

from kb.model.encoding import MAX_PIECES

COPIED = ("modules.json", "sentence_bert_config.json", "1_Pooling/config.json")  # mean pooling, unit length, 256 pieces


def ship(model: BertModel, tokenizer: Tokenizer, teacher: Path, folder: Path, record: dict[str, object]) -> None:
    """Write the model to `folder`, with what it was trained on (`record`) in `training.json`.

    Matrices are stored in eight bits (float8, e4m3); transformers turns them into float32 when it loads them.
    """
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(teacher / name, folder / name)
    weights = {name: compact(tensor) for name, tensor in model.state_dict().items()}
    content = save(weights, metadata={"format": "pt"})
    (folder / "model.safetensors").write_bytes(content)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    digest = hashlib.sha256(content).hexdigest()
    _write(folder / "training.json", {"weights_sha256": digest, **record})
    _write(folder / "tokenizer_config.json", _tokenizer_settings())
    settings = json.loads((teacher / "config.json").read_text(encoding="utf-8"))
    settings.pop("_name_or_path", None)
    # Said here, or the weights would be taken for what they are stored as.
    _write(folder / "config.json", {**settings, "vocab_size": tokenizer.get_vocab_size(), "dtype": "float32", "torch_dtype": "float32"})


def compact(tensor: torch.Tensor) -> torch.Tensor:
    """Matrices in eight bits, vectors (biases, normalisation) in sixteen."""
    return tensor.detach().to(torch.float8_e4m3fn if tensor.ndim == 2 else torch.float16).contiguous()


def _tokenizer_settings() -> dict[str, object]:
    names = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}
    return {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_PIECES, "do_lower_case": True, **names}


def _write(file: Path, content: dict[str, object]) -> None:
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
