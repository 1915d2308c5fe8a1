"""El libro en SQLite, leído byte por byte: lo que alguien cambió a mano se muestra, no interrumpe la lectura."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from funciones.adaptadores import asientos, registro, sqlite_asientos
from funciones.adaptadores.sqlite_archivo import ArchivoSqlite
from funciones.dominio import libro
from funciones.dominio.libro import AsientoGuardado, Cabeza, Legajo
from funciones.dominio.postulacion import SIN_RUT

# Lo que se repite fuera del cuerpo para buscar, un renglón cada uno, y al final si tiene su RUT.
_COLUMNAS = ("convocatoria", "estado", "version", "llego", "turno")
_APARTE = "CAST({} || char(10) || {} AS BLOB)".format(
    " || char(10) || ".join(f"ifnull({columna}, 'None')" for columna in _COLUMNAS),
    "(SELECT count(*) FROM ruts WHERE ruts.folio = ?1 AND ruts.convocatoria = postulaciones.convocatoria"
    " AND huella_rut = json_extract(iif(json_valid(cuerpo), cuerpo, '{}'), '$.huella_rut'))",
)


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
                # Quien tiene su RUT entró a la cola: si alguien la sacó sin que nadie decidiera, aquí se sabe.
                "SELECT CAST(folio AS BLOB) FROM postulaciones WHERE convocatoria = ?1 AND turno IS NOT NULL "
                "UNION SELECT CAST(folio AS BLOB) FROM ruts WHERE convocatoria = ?1",
                (convocatoria,),
            ).fetchall()
        return tuple(_texto(folio) for (folio,) in filas)

    def legajo(self, folio: str) -> Legajo:
        with self._lectura() as conexion:
            # Una sola consulta: lo que se ve es de un mismo instante.
            filas = conexion.execute(
                "SELECT 0, CAST(cuerpo AS BLOB) FROM postulaciones WHERE folio = ?1 UNION ALL "
                "SELECT version, CAST(cuerpo AS BLOB) FROM transiciones WHERE folio = ?1 UNION ALL "
                f"SELECT -1, {_APARTE} FROM postulaciones WHERE folio = ?1 ORDER BY 1",
                (folio,),
            ).fetchall()
        propia = next((_texto(cuerpo) for version, cuerpo in filas if version == 0), "")
        aparte = next((_texto(cuerpo) for version, cuerpo in filas if version == -1), "")
        historia = [(version, _texto(cuerpo)) for version, cuerpo in filas if version > 0]
        return Legajo(
            folio,
            asientos.legible(lambda: registro.postulacion_de_registro(json.loads(propia), self._llavero)),
            libro.huella(propia),
            tuple(asientos.transicion_guardada(version, texto, self._llavero) for version, texto in historia),
            asientos.legible(lambda: _desacuerdos(json.loads(propia), aparte)) or (),
        )


def _desacuerdos(propia: dict[str, Any], aparte: str) -> tuple[str, ...]:
    """Qué columnas no dicen lo mismo que el cuerpo, y si falta o sobra su RUT en la convocatoria."""
    *celdas, tiene_rut = aparte.split("\n")
    distintas = [c for c, celda in zip(_COLUMNAS, celdas, strict=True) if celda != str(propia[c])]
    if (tiene_rut == "0") == (propia["estado"] not in SIN_RUT):
        distintas.append("quién tiene su RUT")
    return tuple(distintas)


def _texto(octetos: bytes) -> str:
    return octetos.decode(errors="replace")
