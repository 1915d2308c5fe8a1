"""El almacén embebido: un archivo SQLite en modo WAL, con cada cambio en una transacción durable."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from funciones.adaptadores import asientos, registro, sqlite_asientos
from funciones.adaptadores.almacen import Borrador, Cambio, Conflicto, RutTomado, SinCupo
from funciones.adaptadores.sqlite_cuaderno import CuadernoSqlite
from funciones.adaptadores.sqlite_libro import LibroSqlite
from funciones.adaptadores.sqlite_registros import RegistrosSqlite
from funciones.adaptadores.sqlite_salas import SalasSqlite
from funciones.adaptadores.sqlite_suscripciones import SuscripcionesSqlite
from funciones.adaptadores.sqlite_vitrinas import VitrinasSqlite
from funciones.dominio import libro
from funciones.dominio.convocatoria import Cupo
from funciones.dominio.encuesta import Respuesta
from funciones.dominio.libro import Anotado
from funciones.dominio.postulacion import SIN_CONFIRMAR, Aviso, Paso, Postulacion, Transicion


class AlmacenSqlite(RegistrosSqlite, LibroSqlite, VitrinasSqlite, SuscripcionesSqlite, SalasSqlite, CuadernoSqlite):
    """Cumple el Protocol Almacen."""

    # Borradores

    def guardar_borrador(self, borrador: Borrador) -> None:
        cuerpo = {
            "convocatoria": borrador.convocatoria,
            "sellado": registro.sellar(borrador.respuestas, borrador.llave, self._llavero),
        }
        with self._escritura() as conexion:
            conexion.execute(
                "INSERT INTO borradores VALUES (?, ?, ?) "
                "ON CONFLICT (llave) DO UPDATE SET expira = excluded.expira, cuerpo = excluded.cuerpo",
                (borrador.llave, registro.milisegundos(borrador.expira), json.dumps(cuerpo)),
            )

    def borrador(self, llave: str, ahora: datetime) -> Borrador | None:
        with self._lectura() as conexion:
            fila = conexion.execute(
                "SELECT expira, cuerpo FROM borradores WHERE llave = ? AND expira > ?",
                (llave, registro.milisegundos(ahora)),
            ).fetchone()
        if fila is None:
            return None
        cuerpo = json.loads(fila["cuerpo"])
        respuestas = registro.abrir(cuerpo["sellado"], llave, self._llavero)
        return Borrador(llave, cuerpo["convocatoria"], respuestas, registro.instante(fila["expira"]))

    def borrar_borrador(self, llave: str) -> None:
        with self._escritura() as conexion:
            conexion.execute("DELETE FROM borradores WHERE llave = ?", (llave,))

    # Postulaciones

    def recibir(self, postulacion: Postulacion, transicion: Transicion, aviso: Aviso | None) -> Postulacion:
        with self._escritura() as conexion:
            fila = conexion.execute("SELECT cuerpo FROM postulaciones WHERE folio = ?", (postulacion.folio,)).fetchone()
            if fila is not None:
                return registro.postulacion_de_registro(json.loads(fila["cuerpo"]), self._llavero)
            conexion.execute("INSERT INTO postulaciones VALUES (?, ?, ?, ?, ?, ?, ?)", self._fila(postulacion))
            self._anotar(conexion, transicion, aviso)
        return postulacion

    def _fila(self, p: Postulacion) -> tuple[Any, ...]:
        cuerpo = registro.postulacion_a_registro(p, self._llavero)
        columnas = ("folio", "convocatoria", "estado", "version", "llego", "turno")
        return (*(cuerpo[columna] for columna in columnas), json.dumps(cuerpo))

    def _anotar(self, conexion: sqlite3.Connection, transicion: Transicion, aviso: Aviso | None) -> str:
        """Guarda el registro y su aviso, y devuelve el texto con que quedó el registro."""
        cuerpo = registro.canonico(registro.transicion_a_registro(transicion, self._llavero))
        conexion.execute("INSERT INTO transiciones VALUES (?, ?, ?)", (transicion.folio, transicion.version, cuerpo))
        if aviso is not None:
            conexion.execute(
                "INSERT INTO avisos (id, folio, creado, cuerpo) VALUES (?, ?, ?, ?)",
                (
                    aviso.id,
                    aviso.folio,
                    registro.milisegundos(aviso.creado),
                    json.dumps(registro.aviso_a_registro(aviso)),
                ),
            )
        return cuerpo

    def postulacion(self, folio: str) -> Postulacion | None:
        with self._lectura() as conexion:
            fila = conexion.execute("SELECT cuerpo FROM postulaciones WHERE folio = ?", (folio,)).fetchone()
        return None if fila is None else registro.postulacion_de_registro(json.loads(fila["cuerpo"]), self._llavero)

    def cola(self, convocatoria: str) -> Iterator[Postulacion]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT cuerpo FROM postulaciones WHERE convocatoria = ? AND turno IS NOT NULL ORDER BY turno, folio",
                (convocatoria,),
            ).fetchall()
        for fila in filas:
            yield registro.postulacion_de_registro(json.loads(fila["cuerpo"]), self._llavero)

    def cuantas(self, convocatoria: str) -> int:
        with self._lectura() as conexion:
            consulta = "SELECT count(*) FROM postulaciones WHERE convocatoria = ? AND turno IS NOT NULL"
            return int(conexion.execute(consulta, (convocatoria,)).fetchone()[0])

    def cupo(self, convocatoria: str, cupos: int, espera_maxima: int | None) -> Cupo:
        with self._lectura() as conexion:
            fila = conexion.execute(
                "SELECT asignados, espera FROM cupos WHERE convocatoria = ?", (convocatoria,)
            ).fetchone()
        asignados, espera = (0, 0) if fila is None else (fila["asignados"], fila["espera"])
        return Cupo(cupos, asignados, espera, espera_maxima)

    # Cambios de estado

    def aplicar(self, cambio: Cambio) -> None:
        with self._escritura() as conexion:
            anotados = [anotado for paso in cambio.pasos for anotado in self._mover(conexion, paso)]
            self._ocupar(conexion, cambio)
            sqlite_asientos.asentar(conexion, cambio.convocatoria, anotados)
            for postulacion in cambio.toman_rut:
                _reclamar(conexion, postulacion)
            for postulacion in cambio.suelta_rut:
                conexion.execute(
                    "DELETE FROM ruts WHERE convocatoria = ? AND huella_rut = ? AND folio = ?",
                    (postulacion.convocatoria, postulacion.huella_rut, postulacion.folio),
                )

    def _mover(self, conexion: sqlite3.Connection, paso: Paso) -> tuple[Anotado, ...]:
        """Guarda el paso y devuelve lo que de él va al libro."""
        _, _, estado, version, _, turno, cuerpo = self._fila(paso.despues)
        movida = conexion.execute(
            "UPDATE postulaciones SET estado = ?, version = ?, turno = ?, cuerpo = ? "
            "WHERE folio = ? AND version = ? AND estado = ?",
            (estado, version, turno, cuerpo, paso.antes.folio, paso.antes.version, str(paso.antes.estado)),
        )
        if movida.rowcount != 1:
            raise Conflicto(paso.antes.folio)
        escrita = self._anotar(conexion, paso.transicion, paso.aviso)
        if not asientos.es_decision(paso):
            return ()
        anteriores = []
        if asientos.falta_su_entrada(paso):
            anteriores = sqlite_asientos.escritas(conexion, paso.antes.folio, version)
        propio = Anotado(paso.antes.folio, version, libro.huella(escrita), libro.huella(cuerpo))
        return (*asientos.entrada(anteriores), propio)

    def _ocupar(self, conexion: sqlite3.Connection, cambio: Cambio) -> None:
        asignados, espera = cambio.variacion
        if not asignados and not espera:
            return
        conexion.execute(
            "INSERT OR IGNORE INTO cupos (convocatoria, asignados, espera) VALUES (?, 0, 0)", (cambio.convocatoria,)
        )
        ocupada = conexion.execute(
            "UPDATE cupos SET asignados = asignados + :a, espera = espera + :e WHERE convocatoria = :c "
            "AND asignados + :a >= 0 AND espera + :e >= 0 "
            "AND (:a <= 0 OR asignados + :a <= :cupos) AND (:e <= 0 OR :tope IS NULL OR espera + :e <= :tope)",
            {
                "a": asignados,
                "e": espera,
                "c": cambio.convocatoria,
                "cupos": cambio.cupos,
                "tope": cambio.espera_maxima,
            },
        )
        if ocupada.rowcount != 1:
            raise SinCupo(cambio.convocatoria)

    # Historia y avisos

    def transiciones(self, folio: str) -> tuple[Transicion, ...]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT cuerpo FROM transiciones WHERE folio = ? ORDER BY version", (folio,)
            ).fetchall()
        return tuple(registro.transicion_de_registro(json.loads(fila["cuerpo"]), self._llavero) for fila in filas)

    def avisos(self, folio: str) -> tuple[Aviso, ...]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT cuerpo FROM avisos WHERE folio = ? ORDER BY creado, id", (folio,)
            ).fetchall()
        return tuple(registro.aviso_de_registro(json.loads(fila["cuerpo"])) for fila in filas)

    def avisos_pendientes(self, limite: int) -> tuple[Aviso, ...]:
        with self._lectura() as conexion:
            filas = conexion.execute(
                "SELECT cuerpo FROM avisos WHERE enviado IS NULL ORDER BY creado, id LIMIT ?", (limite,)
            ).fetchall()
        return tuple(registro.aviso_de_registro(json.loads(fila["cuerpo"])) for fila in filas)

    def tomar_aviso(self, id_aviso: str, ahora: datetime, hasta: datetime) -> Aviso | None:
        with self._escritura() as conexion:
            tomado = conexion.execute(
                "UPDATE avisos SET arriendo = ? WHERE id = ? AND enviado IS NULL AND arriendo <= ? RETURNING cuerpo",
                (registro.milisegundos(hasta), id_aviso, registro.milisegundos(ahora)),
            ).fetchone()
        return None if tomado is None else registro.aviso_de_registro(json.loads(tomado["cuerpo"]))

    def aviso_enviado(self, id_aviso: str, cuando: datetime, referencia: str) -> None:
        enviado = registro.milisegundos(cuando)
        with self._escritura() as conexion:
            conexion.execute(
                "UPDATE avisos SET enviado = ?1, "
                "cuerpo = json_set(cuerpo, '$.enviado', ?1, '$.referencia', ?2) WHERE id = ?3",
                (enviado, referencia, id_aviso),
            )

    # Encuesta y retención

    def responder_encuesta(self, respuesta: Respuesta) -> None:
        cuerpo = json.dumps(registro.respuesta_a_registro(respuesta, self._llavero))
        with self._escritura() as conexion:
            conexion.execute(
                "INSERT INTO respuestas VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET cuerpo = excluded.cuerpo",
                (respuesta.id, respuesta.anio, cuerpo),
            )

    def respuestas(self, anio: int) -> Iterator[Respuesta]:
        with self._lectura() as conexion:
            filas = conexion.execute("SELECT cuerpo FROM respuestas WHERE anio = ? ORDER BY id", (anio,)).fetchall()
        for fila in filas:
            yield registro.respuesta_de_registro(json.loads(fila["cuerpo"]), self._llavero)

    def olvidar(self, postulacion: Postulacion) -> None:
        with self._escritura() as conexion:
            for tabla in ("ruts", "avisos", "transiciones", "vitrinas", "postulaciones"):
                conexion.execute(f"DELETE FROM {tabla} WHERE folio = ?", (postulacion.folio,))

    def purgar(self, ahora: datetime, sin_confirmar_desde: datetime) -> int:
        # Los estados van escritos, no como parámetros: así SQLite usa el índice parcial.
        estados = ", ".join(f"'{estado}'" for estado in sorted(SIN_CONFIRMAR, reverse=True))
        sin_confirmar = f"FROM postulaciones WHERE estado IN ({estados}) AND llego < ?"
        limite = (registro.milisegundos(sin_confirmar_desde),)
        with self._escritura() as conexion:
            conexion.execute(f"DELETE FROM avisos WHERE folio IN (SELECT folio {sin_confirmar})", limite)
            conexion.execute(f"DELETE FROM transiciones WHERE folio IN (SELECT folio {sin_confirmar})", limite)
            borradas = conexion.execute(f"DELETE {sin_confirmar}", limite).rowcount
            for tabla in ("borradores", "hojas"):
                expiradas = (registro.milisegundos(ahora),)
                borradas += conexion.execute(f"DELETE FROM {tabla} WHERE expira <= ?", expiradas).rowcount
        self._vaciar_el_diario()
        return borradas


def _reclamar(conexion: sqlite3.Connection, postulacion: Postulacion) -> None:
    clave = (postulacion.convocatoria, postulacion.huella_rut, postulacion.folio)
    conexion.execute("INSERT OR IGNORE INTO ruts VALUES (?, ?, ?)", clave)
    tiene = conexion.execute("SELECT folio FROM ruts WHERE convocatoria = ? AND huella_rut = ?", clave[:2]).fetchone()
    if tiene["folio"] != postulacion.folio:
        raise RutTomado(postulacion.convocatoria)
