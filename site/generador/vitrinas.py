"""Lee las vitrinas: fichas de catálogo que cada persona cuida por su enlace y que nunca están en git."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generador.examen_de_foto import examinar
from generador.paquetes import Fila, Paquetes
from generador.problemas import DatosConProblemas, Problema
from generador.valores_de_vitrina import LARGOS, NoSePublica, contacto, exigir, limpio, precio, si_o_no, texto

ARCHIVO = "vitrinas.json"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FOTO = re.compile(r"fotos/[0-9a-f]{64}\.(jpg|jpeg|png)")
PERSONAS = frozenset({"natural", "juridica", "cooperativa", "emprendedor"})
# Mientras no hay foto se muestra el dibujo de su rubro, sobre una de las cuatro tramas.
DIBUJOS = {"alimentos": "mermelada", "artesania": "cantaro", "textil": "textil", "madera": "cucharas"}
TRAMAS = ("puntos", "franjas", "rombos", "olas")


@dataclass
class Vitrinas:
    """Las fichas como filas.

    `participantes` son pares evento y empresa; `fotos`, de cada producto su archivo; `fuera`, cuántas no se publican.
    """

    empresas: list[Fila] = field(default_factory=list)
    productos: list[Fila] = field(default_factory=list)
    participantes: list[Fila] = field(default_factory=list)
    fotos: dict[str, Path] = field(default_factory=dict)
    fuera: int = 0


def leer(carpeta: Path | None, datos: Paquetes, hoy: date) -> Vitrinas:
    """Las vitrinas con permiso a esa fecha. Una ficha que no calza queda fuera y se dice; no detiene a las demás.

    Sin carpeta o sin archivo no hay vitrinas. DatosConProblemas si el archivo no se entiende: así nada se borra
    del portal por una copia a medias.
    """
    archivo = carpeta / ARCHIVO if carpeta else None
    juntas = Vitrinas()
    if archivo is None or not archivo.is_file():
        return juntas
    usados = {fila["id"] for tabla in ("empresas", "productos") for fila in datos["catalogos"][tabla]}
    for numero, cruda in enumerate(_fichas(archivo), 1):
        try:
            _sumar(juntas, _Lector(datos, hoy, archivo.parent, usados), cruda)
        except (NoSePublica, KeyError, TypeError, ValueError, AttributeError) as error:
            razon = str(error) if isinstance(error, NoSePublica) else "no tiene la forma esperada"
            print(f"{ARCHIVO}: la ficha {numero} no se publica: {razon}.", file=sys.stderr)
            juntas.fuera += 1
    if juntas.fuera:
        # Su dueña cree que está: quien construye tiene que verlo aunque haya mucho más escrito.
        print(f"OJO: fichas aprobadas que quedaron fuera del catálogo: {juntas.fuera}.", file=sys.stderr)
    return juntas


def _fichas(archivo: Path) -> list[Any]:
    try:
        fichas = json.loads(archivo.read_text(encoding="utf-8"))["vitrinas"]
        if isinstance(fichas, list):
            return fichas
    except (ValueError, KeyError, TypeError):
        pass
    como = "vuelve a generarlo con «python -m funciones.exponer»"
    raise DatosConProblemas([Problema(ARCHIVO, 0, "", "no se puede leer la lista de vitrinas", como)])


def _sumar(juntas: Vitrinas, lector: _Lector, cruda: dict[str, Any]) -> None:
    """Agrega la ficha entera o nada."""
    empresa = lector.empresa(cruda)
    productos = [lector.producto(p, empresa) for p in cruda["productos"]]
    lector.usados.update(lector.propios)
    juntas.empresas.append(empresa)
    juntas.productos += productos
    juntas.participantes += [{"evento": e, "empresa": empresa["id"]} for e in lector.eventos(cruda)]
    juntas.fotos.update(lector.fotos)


class _Lector:
    """Convierte una ficha en filas, desconfiando de cada valor."""

    def __init__(self, datos: Paquetes, hoy: date, carpeta: Path, usados: set[str]) -> None:
        self._datos, self._hoy, self._carpeta, self.usados = datos, hoy, carpeta, usados
        self.fotos: dict[str, Path] = {}
        self.propios: set[str] = set()

    def empresa(self, cruda: dict[str, Any]) -> Fila:
        consentimiento = date.fromisoformat(cruda["consentimiento"])
        exigir(consentimiento <= self._hoy, "su permiso aún no empieza")
        exigir(cruda["tipo_persona"] in PERSONAS, "no se conoce ese tipo de persona")
        return {
            "id": self._nuevo(cruda["id"]),
            "nombre": texto(cruda, "nombre"),
            "persona": cruda["tipo_persona"],
            "region": self._existe("regiones", "region", cruda["region"]),
            "comuna": self._comuna(cruda),
            "rubro": self._existe("rubros", "id", cruda["rubro"]),
            "descripcion": texto(cruda, "descripcion"),
            "contacto": contacto(cruda.get("contacto")),
            "consentimiento": consentimiento,
            "retiro": None,
            "demostracion": si_o_no(cruda["demostracion"]),
            "vitrina": True,
        }

    def producto(self, crudo: dict[str, Any], empresa: Fila) -> Fila:
        id_producto = self._nuevo(_con_duena(crudo["id"], empresa["id"]))
        rubro = self._existe("rubros", "id", crudo["rubro"])
        foto = self._foto(crudo.get("foto"))
        if foto:
            self.fotos[id_producto] = foto
        return {
            "id": id_producto,
            "empresa": empresa["id"],
            "nombre": texto(crudo, "nombre"),
            "descripcion": texto(crudo, "descripcion", falta=True),
            "rubro": rubro,
            "precio_clp": precio(crudo.get("precio_clp")),
            "unidad": texto(crudo, "unidad", falta=True),
            "variantes": [limpio(v, LARGOS["variantes"]) for v in crudo.get("variantes") or []],
            "dibujo": DIBUJOS.get(rubro, "canasto"),
            "trama": TRAMAS[sum(id_producto.encode()) % len(TRAMAS)],
            "foto": foto.name if foto else None,
            "foto_alt": texto(crudo, "foto_alt") if foto else "Dibujo de su rubro: aún no tiene foto.",
            "demostracion": empresa["demostracion"],
        }

    def eventos(self, cruda: dict[str, Any]) -> Iterator[str]:
        conocidos = {e["id"] for e in self._datos["eventos"]["eventos"]}
        return (e for e in dict.fromkeys(cruda.get("eventos") or []) if e in conocidos)

    def _nuevo(self, valor: Any) -> str:
        exigir(isinstance(valor, str) and len(valor) <= 120 and ID.fullmatch(valor), "su identificador no sirve")
        exigir(valor not in self.usados and valor not in self.propios, "su identificador ya existe")
        self.propios.add(valor)
        return str(valor)

    def _existe(self, tabla: str, columna: str, valor: Any) -> str:
        exigir(any(f[columna] == valor for f in self._datos["parametros"][tabla]), f"no existe su {columna} o rubro")
        return str(valor)

    def _comuna(self, cruda: dict[str, Any]) -> str:
        comuna = next((c for c in self._datos["parametros"]["comunas"] if c["comuna"] == cruda["comuna"]), None)
        exigir(comuna is not None and comuna["region"] == cruda["region"], "su comuna no es de su región")
        return str(cruda["comuna"])

    def _foto(self, valor: Any) -> Path | None:
        """La foto, si está y se puede leer; una dañada no quita el producto: queda su dibujo."""
        if not valor:
            return None
        exigir(isinstance(valor, str) and FOTO.fullmatch(valor), "la dirección de su foto no sirve")
        ruta = self._carpeta / valor
        if not ruta.is_file() or list(examinar(ruta)):
            print(f"{ARCHIVO}: una foto no se puede leer y se muestra el dibujo de su rubro.", file=sys.stderr)
            return None
        return ruta


def _con_duena(id_producto: str, duena: str) -> str:
    """El id de un producto lleva delante el de su vitrina, que en el portal es único."""
    return id_producto if id_producto.startswith(f"{duena}-") else f"{duena}-{id_producto}"
