"""Denegar sin persona, sin recurso o por otra puerta no pasa la revisión de tipos: se sabe antes de ejecutar nada."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]
CABEZA = """from datetime import datetime
from funciones.dominio.estado import Estado, es_denegacion
from funciones.dominio.postulacion import Actor, Papel, Paso, Persona, Postulacion, Recurso, denegar

def prueba(antes: Postulacion, a: Estado, actor: Actor, quien: Persona, via: Recurso | None, ahora: datetime) -> Paso:
"""
BUENA = "denegar(antes, Estado.NO_ADMISIBLE, quien, ahora, motivo='m', version_regla='r', via=Recurso('c', 5))"
CASOS = {
    "con_todo": f"    return {BUENA}",
    "estado_ya_mirado": "    assert es_denegacion(a)\n    return " + BUENA.replace("Estado.NO_ADMISIBLE", "a"),
    "sin_persona": "    return " + BUENA.replace("quien, ", ""),
    "un_actor_cualquiera": "    return " + BUENA.replace("quien", "actor"),
    "el_sistema": "    return " + BUENA.replace("quien", "Actor(Papel.SISTEMA, 'barrer')"),
    "sin_recurso": "    return " + BUENA.replace(", via=Recurso('c', 5)", ""),
    "recurso_que_puede_faltar": "    return " + BUENA.replace("Recurso('c', 5)", "via"),
    "un_estado_que_no_deniega": "    return " + BUENA.replace("NO_ADMISIBLE", "SELECCIONADA"),
    "un_estado_sin_mirar": "    return " + BUENA.replace("Estado.NO_ADMISIBLE", "a"),
    "persona_sin_oficina": "    return " + BUENA.replace("quien", "Persona('f-7', 'evaluador')"),
}
PASAN = {"con_todo", "estado_ya_mirado"}


@pytest.mark.lento
def test_los_tipos_solo_dejan_denegar_a_una_persona_con_un_recurso(tmp_path: Path) -> None:
    for nombre, cuerpo in CASOS.items():
        (tmp_path / f"{nombre}.py").write_text(CABEZA + cuerpo + "\n", encoding="utf-8")
    orden = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]
    orden += ["--config-file", "", *(str(tmp_path / f"{nombre}.py") for nombre in CASOS)]
    entorno = {**os.environ, "MYPYPATH": str(RAIZ)}
    salida = subprocess.run(orden, capture_output=True, text=True, check=False, cwd=tmp_path, env=entorno)
    assert salida.stderr == ""
    con_error = {
        linea.split(".py:")[0].rpartition("/")[2] for linea in salida.stdout.splitlines() if ": error:" in linea
    }
    assert con_error == set(CASOS) - PASAN, salida.stdout
