"""De las versiones de las tablas saca qué cambió, celda por celda y por identificador."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from generador.esquemas import Esquema, leer_esquemas
from generador.frases import comparar as comparar_frases
from generador.historia import Historia, Suceso
from generador.lectura import tabla_de, texto_de
from generador.problemas import DatosConProblemas
from generador.versiones import SinHistorial, Version, versiones

# Solo lo que se promete a quien postula o asiste. Ni empresas ni participantes: quien retira su permiso desaparece
# también de la historia publicada.
TABLAS = {
    "convocatorias": (
        *("convocatorias", "documentos", "criterios", "descriptores", "reservas", "preguntas_propias"),
        *("compromisos", "hitos", "enmiendas"),
    ),
    "eventos": ("sedes", "eventos", "programa", "cambios"),
}
BASES = "convocatorias/bases"
# De estas se dice siempre cuándo entró cada fila, también la primera vez: la que no aparece es más nueva.
ANOTACIONES = frozenset({"convocatorias/enmiendas", "eventos/cambios"})
Filas = dict[tuple[str, ...], dict[str, str]]


def sacar(datos: Path) -> Historia:
    """La historia de esa carpeta; si no se puede leer, una que dice por qué."""
    try:
        claves = _claves(leer_esquemas(datos))
        seguidas = versiones(datos, [*claves, *_bases(datos)])
    except SinHistorial as error:
        return Historia(motivo=str(error))
    except DatosConProblemas:
        return Historia(motivo="no se pueden leer los esquemas de los datos")
    return Historia(tuple(comparar(seguidas, claves)))


def comparar(seguidas: Sequence[Version], claves: Mapping[str, tuple[str, ...]]) -> Iterator[Suceso]:
    """Los sucesos de esas versiones. `claves`: archivo de cada tabla → columnas de su clave; los demás son bases."""
    memorias = {archivo: _Memoria(archivo.removesuffix(".csv"), clave) for archivo, clave in claves.items()}
    bases: dict[str, str] = {}
    for version in seguidas:
        for archivo, memoria in memorias.items():
            if archivo in version.archivos:
                yield from memoria.ver(version.archivos[archivo], version.momento)
        for archivo in sorted(version.archivos.keys() - memorias.keys()):
            yield from _ver_bases(bases, archivo, version)


def _claves(esquemas: Mapping[str, Esquema]) -> dict[str, tuple[str, ...]]:
    recursos = [esquemas[paquete].recursos.get(tabla) for paquete, tablas in TABLAS.items() for tabla in tablas]
    return {recurso.archivo: recurso.clave for recurso in recursos if recurso}


def _bases(datos: Path) -> list[str]:
    return [ruta.relative_to(datos).as_posix() for ruta in sorted((datos / BASES).glob("*.md"))]


@dataclass
class _Memoria:
    """Lo último que se supo de cada celda de una tabla, aunque después se haya quitado su fila o su columna."""

    tabla: str
    clave: tuple[str, ...]
    filas: Filas = field(default_factory=dict)
    puestas: set[tuple[str, ...]] | None = None

    def ver(self, crudo: bytes | None, momento: datetime | None) -> Iterator[Suceso]:
        """Los sucesos entre lo que se sabía y esta versión. La que no se puede leer se salta; la primera es la base."""
        nuevas = _filas(crudo, self.clave)
        if nuevas is None:
            return
        for clave, fila in nuevas.items():
            yield from self._fila(clave, fila, momento)
            self.filas[clave] = self.filas.get(clave, {}) | fila
        for clave in sorted((self.puestas or set()) - nuevas.keys()):
            vieja = self.filas[clave]
            campo = "demostracion" if vieja.get("demostracion") == "si" else ""
            yield self._suceso(clave, momento, "quita", campo, titulo_de(vieja), vieja.get("publicacion", ""))
        self.puestas = set(nuevas)

    def _fila(self, clave: tuple[str, ...], fila: dict[str, str], momento: datetime | None) -> Iterator[Suceso]:
        nueva = self.tabla in ANOTACIONES if self.puestas is None else clave not in self.puestas
        if nueva:
            yield self._suceso(clave, momento, "agrega", despues=titulo_de(fila))
        sabida = self.filas.get(clave, {})
        for columna, valor in fila.items():
            if sabida.get(columna, valor) != valor:
                yield self._suceso(clave, momento, "cambia", columna, sabida[columna], valor)

    def _suceso(
        self,
        clave: tuple[str, ...],
        momento: datetime | None,
        accion: str,
        campo: str = "",
        antes: str = "",
        despues: str = "",
    ) -> Suceso:
        return Suceso(momento, self.tabla, clave[0], "/".join(clave[1:]), accion, campo, antes, despues)


def titulo_de(fila: Mapping[str, str]) -> str:
    """Cómo se llama lo que se agrega o se quita."""
    return fila.get("titulo") or fila.get("nombre") or fila.get("texto") or ""


def _filas(crudo: bytes | None, clave: tuple[str, ...]) -> Filas | None:
    """Clave → celdas; None si esa versión no se puede leer o no trae su clave."""
    if crudo is None:
        return None
    try:
        tabla = tabla_de(texto_de(crudo, "tabla"), "tabla")
    except DatosConProblemas:
        return None
    if not set(clave) <= set(tabla.columnas):
        return None
    filas = (dict(zip(tabla.columnas, celdas, strict=False)) for _, celdas in tabla.filas)
    return {tuple(f.get(c, "") for c in clave): f for f in filas}


def _ver_bases(bases: dict[str, str], archivo: str, version: Version) -> Iterator[Suceso]:
    """De las bases se guardan solo las frases que se quitaron y las que se agregaron, una por línea."""
    crudo = version.archivos[archivo]
    if crudo is None:
        return
    texto = "\n".join(linea.rstrip() for linea in crudo.decode("utf-8", "replace").splitlines()).strip()
    anterior = bases.setdefault(archivo, texto)
    if anterior != texto:
        bases[archivo] = texto
        antes, despues = ("\n".join(frases) for frases in comparar_frases(anterior, texto))
        yield Suceso(version.momento, BASES, Path(archivo).stem, "", "cambia", "bases", antes, despues)
