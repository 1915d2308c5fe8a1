"""Abrir un PDF ajeno sin arriesgarse: en otro proceso, que si se pasa de tiempo o de memoria muere solo."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path

from funciones.dominio.archivo import ProblemaDeArchivo

SEGUNDOS_DE_ESPERA = 8
_PROGRAMA = Path(__file__).with_name("pdf_por_dentro.py")
_PROBLEMAS = {"danado": ProblemaDeArchivo.DANADO, "con_contrasena": ProblemaDeArchivo.CON_CONTRASENA}
# El mismo archivo se mira varias veces (al subirlo, al seguir, al corregir) y siempre da lo mismo.
_VISTOS: OrderedDict[bytes, ProblemaDeArchivo | None] = OrderedDict()
_RECORDADOS = 256


def mirar(datos: bytes) -> ProblemaDeArchivo | None:
    """Lo que impide leerlo, o None. El que agota su tiempo o su memoria cuenta como dañado."""
    huella = hashlib.sha256(datos).digest()
    if huella not in _VISTOS:
        try:
            _VISTOS[huella] = _en_otro_proceso(datos)
        except subprocess.TimeoutExpired:
            # No se recuerda: con la máquina ocupada también tarda un archivo bueno, y al subirlo otra vez pasa.
            return ProblemaDeArchivo.DANADO
        while len(_VISTOS) > _RECORDADOS:
            _VISTOS.popitem(last=False)
    return _VISTOS[huella]


def _en_otro_proceso(datos: bytes) -> ProblemaDeArchivo | None:
    # Sin el entorno de esta función, que lleva sus credenciales: solo dónde están las bibliotecas.
    entorno = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    # Sin su propia carpeta entre las de buscar: ahí hay módulos nuestros con nombres de uso común.
    orden = [sys.executable, "-s", "-P", str(_PROGRAMA)]
    dicho = subprocess.run(
        orden, input=datos, capture_output=True, env=entorno, timeout=SEGUNDOS_DE_ESPERA, check=False
    ).stdout.decode("ascii", "replace")
    return None if dicho == "bien" else _PROBLEMAS.get(dicho, ProblemaDeArchivo.DANADO)
