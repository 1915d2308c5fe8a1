"""Lo publicado, tal como viaja dentro de cada función: convocatorias, parámetros y formularios ya validados."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from funciones.dominio.admisibilidad import Reglamento
from funciones.dominio.convocatoria import (
    Convocatoria,
    Criterio,
    Descriptor,
    DocumentoPedido,
    Grupo,
    ModoSeleccion,
    Reserva,
    Situacion,
)
from funciones.dominio.indicador import Cuenta, Definicion, Poblacion, Universo
from funciones.dominio.novedad import Enmienda, Publicada


class HorneadoAusente(Exception):
    """No hay archivo horneado, o está dañado: la función no puede atender."""


class Horneado:
    """Un horneado leído. Las preguntas responden con valores del dominio; lo que no existe es None."""

    def __init__(self, crudo: Mapping[str, Any]) -> None:
        self._crudo = crudo

    @property
    def huella(self) -> str:
        """El SHA-256 de todo lo que sabe: dos horneados con la misma dicen lo mismo."""
        return str(self._crudo["huella"])

    @property
    def feriados(self) -> frozenset[date]:
        """Los feriados nacionales conocidos."""
        return frozenset(date.fromisoformat(dia) for dia in self._crudo["feriados"])

    def feriados_de(self, region: str) -> frozenset[date]:
        """Los feriados que rigen en esa región (código de dos cifras): los nacionales y los suyos."""
        propios = self._crudo["feriados_regionales"].get(region, ())
        return self.feriados | {date.fromisoformat(dia) for dia in propios}

    def ids(self) -> tuple[str, ...]:
        """Los ids de todas las convocatorias publicadas, en orden."""
        return tuple(sorted(self._crudo["convocatorias"]))

    def convocatoria(self, id_convocatoria: str) -> Convocatoria | None:
        """La convocatoria, o None si no se ha publicado."""
        fila = self._crudo["convocatorias"].get(id_convocatoria)
        return None if fila is None else _convocatoria(fila)

    def publicadas(self) -> tuple[Publicada, ...]:
        """Todas las convocatorias con sus enmiendas, por id."""
        filas = sorted(self._crudo["convocatorias"].items())
        return tuple(Publicada(_convocatoria(fila), tuple(map(_enmienda, fila["enmiendas"]))) for _, fila in filas)

    def casos(self, id_convocatoria: str) -> tuple[Mapping[str, Any], ...]:
        """Los casos de ejemplo de la convocatoria, en el orden en que se escribieron."""
        return tuple(self._crudo["convocatorias"][id_convocatoria]["casos"])

    @property
    def matriz(self) -> tuple[Mapping[str, Any], ...]:
        """Qué regla rige a quién, con qué documento se prueba: una fila por tipo de persona, componente y regla."""
        return tuple(self._crudo["matriz"])

    def preguntas(self, formulario: str) -> tuple[Mapping[str, Any], ...]:
        """Las preguntas de «postulacion» o «encuesta», en su orden."""
        return tuple(sorted(self._crudo["formularios"][formulario], key=lambda pregunta: pregunta["orden"]))

    def preguntas_propias(self, id_convocatoria: str) -> tuple[Mapping[str, Any], ...]:
        """Las que hace solo esa convocatoria, en su orden; ninguna si no existe."""
        propias = self._crudo["convocatorias"].get(id_convocatoria, {}).get("preguntas_propias") or ()
        return tuple(sorted(propias, key=lambda pregunta: pregunta["orden"]))

    def version_formulario(self, formulario: str) -> int:
        """La versión vigente del formulario."""
        return max(int(pregunta["version"]) for pregunta in self._crudo["formularios"][formulario])

    def evento(self, id_convocatoria: str) -> str:
        """El id del evento de esa convocatoria; vacío si no existe o no tiene."""
        return str(self._crudo["convocatorias"].get(id_convocatoria, {}).get("evento") or "")

    def cambios_del_evento(self, id_convocatoria: str) -> tuple[Enmienda, ...]:
        """Lo que se anotó que cambió en el evento de esa convocatoria, en su orden."""
        filas = self._crudo.get("cambios_de_eventos", {}).get(self.evento(id_convocatoria), ())
        return tuple(map(_enmienda, filas))

    def sede(self, id_sede: str) -> str:
        """El lugar con su dirección; el mismo texto si ya no está en la lista."""
        return str(self._crudo.get("sedes", {}).get(id_sede, id_sede))

    def resultados(self, id_convocatoria: str) -> Mapping[str, Any] | None:
        """Lo que dejaron sus actas publicadas: `seleccionadas`, `espera` y `al`; None si no hay ninguna."""
        fila: Mapping[str, Any] | None = self._crudo.get("resultados", {}).get(id_convocatoria)
        return fila

    @property
    def rubros(self) -> Mapping[str, str]:
        """Los rubros del catálogo, id → nombre, en el orden en que se escribieron."""
        return {rubro["id"]: rubro["nombre"] for rubro in self._crudo["rubros"]}

    def oficina(self, id_oficina: str) -> Mapping[str, Any]:
        """La oficina responsable: nombre, sitio y, si un editor los llenó, teléfono, dirección y horario."""
        oficina: Mapping[str, Any] = self._crudo["oficinas"][id_oficina]
        return oficina

    def region(self, codigo: str) -> str:
        """El nombre de la región."""
        return next((r["nombre"] for r in self._crudo["regiones"] if r["region"] == codigo), codigo)

    def seccion(self, letra: str) -> str:
        """El nombre de la sección CIIU4.CL."""
        return next(str(s["nombre"]) for s in self._crudo["secciones"] if s["seccion"] == letra)

    def grupo(self, division: str) -> str:
        """Cómo se llama la división CIIU4.CL; de la que no tiene nombre aquí, el de su sección."""
        return str(self._crudo.get("divisiones", {}).get(division) or self._seccion_de(division))

    def division(self, codigo: str) -> str:
        """El nombre de la división CIIU4.CL con su número; de la que no lo tiene, el número con su sección."""
        nombre = self._crudo.get("divisiones", {}).get(codigo)
        if nombre:
            return f"{nombre} (división {codigo})"
        return f"división {codigo} ({_en_minuscula(self._seccion_de(codigo))})"

    def _seccion_de(self, division: str) -> str:
        secciones = self._crudo["secciones"]
        return next(str(s["nombre"]) for s in secciones if int(division) in _divisiones(s["divisiones"]))

    def regiones(self) -> Mapping[str, str]:
        """Código → nombre de cada región, de norte a sur."""
        return {r["region"]: r["nombre"] for r in sorted(self._crudo["regiones"], key=lambda r: int(r["orden"]))}

    def orden_region(self, codigo: str) -> int | None:
        """De norte a sur, 1 a 16."""
        return next((int(r["orden"]) for r in self._crudo["regiones"] if r["region"] == codigo), None)

    @property
    def comunas(self) -> Mapping[str, Mapping[str, str]]:
        """Código → nombre y región."""
        comunas: Mapping[str, Mapping[str, str]] = self._crudo["comunas"]
        return comunas

    def comunas_por_region(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Las regiones de norte a sur, cada una con sus comunas (código, nombre) por orden alfabético."""
        regiones = sorted(self._crudo["regiones"], key=lambda region: int(region["orden"]))
        return tuple((region["nombre"], self._comunas_de(region["region"])) for region in regiones)

    def _comunas_de(self, region: str) -> tuple[tuple[str, str], ...]:
        pares = ((c, comuna["nombre"]) for c, comuna in self.comunas.items() if comuna["region"] == region)
        return tuple(sorted(pares, key=lambda par: par[1]))

    @property
    def actividades(self) -> Mapping[str, tuple[str, str]]:
        """Código SII de seis cifras → (sección, categoría tributaria)."""
        return {codigo: (par[0], par[1]) for codigo, par in self._crudo["actividades"].items()}

    @property
    def indicadores(self) -> tuple[Definicion, ...]:
        """Cómo se calcula cada indicador, según su ficha publicada."""
        return tuple(map(_definicion, self._crudo["indicadores"]))

    def parametro(self, clave: str, el: date) -> str:
        """El valor vigente en esa fecha. KeyError si no hay ninguno: sin número no hay regla."""
        for fila in self._crudo["parametros"]:
            desde, hasta = fila["vigente_desde"], fila.get("vigente_hasta")
            if fila["clave"] == clave and desde <= el.isoformat() and (not hasta or el.isoformat() <= hasta):
                return str(fila["valor"])
        raise KeyError(f"{clave} el {el.isoformat()}")

    def reglamento(self, convocatoria: Convocatoria) -> Reglamento:
        """Los números vigentes el día en que se publicó la convocatoria, con lo que ella misma estrecha."""
        el = convocatoria.publicacion
        minimo, maximo = (Decimal(self.parametro(f"ventas_{borde}_uf", el)) for borde in ("minimas", "maximas"))
        return Reglamento(
            version=f"{self._crudo['huella'][:12]}/{convocatoria.huella[:12]}",
            componente=convocatoria.componente,
            ventas_minimas_uf=_o(convocatoria.ventas_minimas_uf, minimo),
            ventas_maximas_uf=_o(convocatoria.ventas_maximas_uf, maximo),
            ventas_minimas_programa_uf=minimo,
            ventas_maximas_programa_uf=maximo,
            ventas_cooperativa_maximas_uf=Decimal(self.parametro("ventas_cooperativa_maximas_uf", el)),
            uf_clp=Decimal(self._crudo["uf"][convocatoria.fecha_uf.isoformat()]),
            sectores=self._sectores(),
            actividades=self.actividades,
            regiones_admitidas=frozenset(convocatoria.regiones_admitidas),
            tipo_actividad=convocatoria.tipo_actividad,
            objetivo=convocatoria.objetivo,
            publicacion=el,
            giro=convocatoria.giro,
            comunas_admitidas=frozenset(convocatoria.comunas_admitidas),
            actividades_admitidas=frozenset(convocatoria.actividades_admitidas),
            antiguedad_minima_anios=convocatoria.antiguedad_minima_anios,
            antiguedad_maxima_anios=convocatoria.antiguedad_maxima_anios,
            perfil=convocatoria.perfil,
            permite_repetir=convocatoria.permite_repetir,
            participaciones_maximas=int(self.parametro("participaciones_maximas_componente", el)),
            matriz={
                (fila["tipo_persona"], fila["regla"]): fila["rige"]
                for fila in self.matriz
                if fila["componente"] == convocatoria.componente
            },
        )

    def _sectores(self) -> dict[str, str]:
        """División de dos cifras → «si», «no» o «revisa»; la excepción manda sobre su sección."""
        sectores = {
            f"{division:02d}": seccion["atendida"]
            for seccion in self._crudo["secciones"]
            for division in _divisiones(seccion["divisiones"])
        }
        return sectores | {fila["division"]: fila["resultado"] for fila in self._crudo["secciones_excepciones"]}


def _o(propio: Decimal | None, del_programa: Decimal) -> Decimal:
    return del_programa if propio is None else propio


def _en_minuscula(nombre: str) -> str:
    return nombre[0].lower() + nombre[1:]


def _divisiones(rango: str) -> range:
    """`10-33` → 10 a 33; `35` → solo 35."""
    primera, _, ultima = rango.partition("-")
    return range(int(primera), int(ultima or primera) + 1)


_INSTANTES = frozenset({"apertura", "cierre"})
_FECHAS = frozenset(
    {"publicacion", "resultados", "actividad_inicio", "actividad_termino", "encuesta_cierre", "fecha_uf"}
)

_LISTAS = frozenset({"regiones_admitidas", "comunas_admitidas", "actividades_admitidas"})
_DECIMALES = frozenset({"nota_minima", "ventas_minimas_uf", "ventas_maximas_uf", "cofinanciamiento_clp"})


def _convocatoria(fila: Mapping[str, Any]) -> Convocatoria:
    valores = {campo.name: fila[campo.name] for campo in fields(Convocatoria) if fila.get(campo.name) is not None}
    valores |= {campo: _instante(valores[campo]) for campo in _INSTANTES}
    valores |= {campo: date.fromisoformat(valores[campo]) for campo in _FECHAS}
    valores["modo_seleccion"] = ModoSeleccion(valores["modo_seleccion"])
    valores["situacion"] = Situacion(valores.get("situacion", "vigente"))
    valores |= {campo: tuple(valores[campo]) for campo in _LISTAS if campo in valores}
    valores |= {campo: Decimal(str(valores[campo])) for campo in _DECIMALES if campo in valores}
    valores["reservas"] = tuple(_reserva(r) for r in fila["reservas"])
    valores["documentos"] = tuple(_documento(d) for d in sorted(fila["documentos"], key=lambda d: d["orden"]))
    valores["compromisos"] = tuple(c["obligacion"] for c in fila.get("compromisos", ()))
    valores["criterios"] = tuple(_criterio(c) for c in fila["criterios"])
    return Convocatoria(**valores)


def _instante(texto: str) -> datetime:
    return datetime.fromisoformat(texto).astimezone(UTC)


def _documento(fila: Mapping[str, Any]) -> DocumentoPedido:
    return DocumentoPedido(
        documento=fila["documento"],
        titulo=fila["titulo"],
        obligatorio=fila["obligatorio"],
        tipos_persona=tuple(fila.get("tipos_persona") or ()),
        donde_obtener=fila.get("donde_obtener") or "",
        sitio=fila.get("sitio") or "",
        vigencia_dias=fila.get("vigencia_dias"),
    )


def _criterio(fila: Mapping[str, Any]) -> Criterio:
    return Criterio(
        criterio=fila["criterio"],
        titulo=fila["titulo"],
        ponderacion=int(fila["ponderacion"]),
        escala_minima=Decimal(str(fila["escala_minima"])),
        escala_maxima=Decimal(str(fila["escala_maxima"])),
        desempate=int(fila["desempate"]),
        descripcion=fila.get("descripcion") or "",
        descriptores=tuple(Descriptor(Decimal(d["nota"]), d["texto"]) for d in fila["descriptores"]),
    )


def _definicion(fila: Mapping[str, Any]) -> Definicion:
    return Definicion(
        indicador=fila["indicador"],
        version=f"{fila['indicador']}/{fila['version']}",
        cuenta=Cuenta(fila["cuenta"]),
        preguntas=tuple(fila["preguntas"]),
        valores=frozenset(fila["valores"]),
        universo=Universo(fila["universo"]),
        poblacion=Poblacion(fila["poblacion"]),
    )


def _enmienda(fila: Mapping[str, Any]) -> Enmienda:
    return Enmienda(
        numero=int(fila["numero"]),
        fecha=date.fromisoformat(fila["fecha"]),
        campo=fila["campo"],
        antes=fila.get("antes") or "",
        despues=fila.get("despues") or "",
        motivo=fila["motivo"],
        mayor=fila["alcance"] == "mayor",
    )


def _reserva(fila: Mapping[str, Any]) -> Reserva:
    return Reserva(
        reserva=fila["reserva"],
        titulo=fila["titulo"],
        cupos=int(fila["cupos"]),
        grupo=Grupo(fila["grupo"]),
        valor=fila.get("valor") or "",
    )


def leer(ruta: Path) -> Horneado:
    """El horneado de ese archivo; se vuelve a leer solo si el archivo cambió. Errores: HorneadoAusente."""
    try:
        return _leer(ruta, ruta.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise HorneadoAusente(str(ruta)) from error


@lru_cache(maxsize=2)
def _leer(ruta: Path, version: int) -> Horneado:
    return Horneado(json.loads(ruta.read_text(encoding="utf-8")))
