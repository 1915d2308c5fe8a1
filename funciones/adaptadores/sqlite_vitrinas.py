"""Las vitrinas en SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from funciones.adaptadores import registro
from funciones.adaptadores.almacen import Conflicto
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite
from funciones.adaptadores.vitrinas import (
    Ilegible,
    abrir_cada_una,
    es_la_misma,
    vitrina_a_registro,
    vitrina_de_registro,
)
from funciones.dominio.vitrina import Vitrina


class VitrinasSqlite(ArchivoSqlite):
    """La parte del Protocol Almacen que guarda las vitrinas."""

    def vitrina(self, folio: str) -> Vitrina | None:
        with self._lectura() as conexion:
            fila = conexion.execute("SELECT cuerpo FROM vitrinas WHERE folio = ?", (folio,)).fetchone()
        return None if fila is None else vitrina_de_registro(json.loads(fila["cuerpo"]), self._llavero)

    def vitrinas(self, ilegible: Ilegible | None = None) -> Iterator[Vitrina]:
        with self._lectura() as conexion:
            filas = conexion.execute("SELECT cuerpo FROM vitrinas ORDER BY cambio, folio").fetchall()
        yield from abrir_cada_una((json.loads(fila["cuerpo"]) for fila in filas), self._llavero, ilegible)

    def guardar_vitrina(self, vitrina: Vitrina) -> None:
        cuerpo = json.dumps(vitrina_a_registro(vitrina, self._llavero))
        valores = (vitrina.version, registro.milisegundos(vitrina.cambio), vitrina.por_avisar, cuerpo, vitrina.folio)
        with self._escritura() as conexion:
            if vitrina.version == 1:
                insertar = "INSERT OR IGNORE INTO vitrinas (version, cambio, por_avisar, cuerpo, folio) VALUES "
                hecha = conexion.execute(f"{insertar} (?, ?, ?, ?, ?)", valores)
            else:
                hecha = conexion.execute(
                    "UPDATE vitrinas SET version = ?, cambio = ?, por_avisar = ?, arriendo = 0, cuerpo = ? "
                    "WHERE folio = ? AND version = ?",
                    (*valores, vitrina.version - 1),
                )
        if hecha.rowcount != 1 and not es_la_misma(self.vitrina(vitrina.folio), vitrina):
            raise Conflicto(vitrina.folio)

    def tomar_correo_de_vitrina(self, vitrina: Vitrina, ahora: datetime, hasta: datetime) -> bool:
        with self._escritura() as conexion:
            tomado = conexion.execute(
                "UPDATE vitrinas SET arriendo = ? WHERE folio = ? AND por_avisar = ? AND arriendo <= ?",
                (registro.milisegundos(hasta), vitrina.folio, vitrina.por_avisar, registro.milisegundos(ahora)),
            )
        return tomado.rowcount == 1

    def correo_de_vitrina_enviado(self, vitrina: Vitrina) -> None:
        with self._escritura() as conexion:
            conexion.execute(
                "UPDATE vitrinas SET por_avisar = NULL, cuerpo = json_set(cuerpo, '$.por_avisar', NULL) "
                "WHERE folio = ? AND por_avisar = ?",
                (vitrina.folio, vitrina.por_avisar),
            )
