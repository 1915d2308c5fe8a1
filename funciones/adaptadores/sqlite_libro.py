"""El libro en SQLite, leído byte por byte: lo que alguien cambió a mano se muestra, no interrumpe la lectura."""

from __future__ import annotations

import json
from collections.abc import Iterator

from funciones.adaptadores import asientos, registro, sqlite_asientos
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite
from funciones.dominio import libro
from funciones.dominio.libro import AsientoGuardado, Cabeza, Legajo


class LibroSqlite(ArchivoSqlite):
    """La parte del Protocol Almacen que lee el libro."""

    def cabeza(self, convocatoria: str) -> Cabeza:
        with self._lectura() as conexion:
            return sqlite_asientos.cabeza(conexion, convocatoria)

    def libro(self, convocatoria: str) -> Iterator[AsientoGuardado]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT numero, CAST(texto AS BLOB), CAST(huella AS BLOB) FROM libro WHERE convocatoria = ? "
                "ORDER BY numero",
                (convocatoria,),
            ).fetchall()
        for numero, texto, huella in filas:
            yield AsientoGuardado(numero, _texto(texto), _texto(huella))

    def folios(self, convocatoria: str) -> tuple[str, ...]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT CAST(folio AS BLOB) FROM postulaciones WHERE convocatoria = ? AND turno IS NOT NULL",
                (convocatoria,),
            ).fetchall()
        return tuple(_texto(folio) for (folio,) in filas)

    def legajo(self, folio: str) -> Legajo:
        with self._lectura() as conexion:
            # Una sola consulta: lo que se ve es de un mismo instante.
            filas = conexion.execute(
                "SELECT 0, CAST(cuerpo AS BLOB) FROM postulaciones WHERE folio = ?1 UNION ALL "
                "SELECT version, CAST(cuerpo AS BLOB) FROM transiciones WHERE folio = ?1 ORDER BY 1",
                (folio,),
            ).fetchall()
        propia = next((_texto(cuerpo) for version, cuerpo in filas if version == 0), "")
        historia = [(version, _texto(cuerpo)) for version, cuerpo in filas if version != 0]
        return Legajo(
            folio,
            asientos.legible(lambda: registro.postulacion_de_registro(json.loads(propia), self._llavero)),
            libro.huella(propia),
            tuple(asientos.transicion_guardada(version, texto, self._llavero) for version, texto in historia),
        )


def _texto(octetos: bytes) -> str:
    return octetos.decode(errors="replace")
