"""Las reglas del programa una por una, salvo las del giro y las del registro; cada una mira una sola respuesta.

Fuente: formulario de evaluación ex ante del programa, requisitos de los componentes 1 y 2. Ningún número vive aquí.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date

from funciones.dominio.declaracion import Declaracion, TipoPersona
from funciones.dominio.reglamento import Hallazgo, Reglamento, Resultado, en_uf, mostrar_uf


def inicio_actividades(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Primera categoría ante el SII; el componente 2 admite además al emprendedor, que es quien no la tiene."""
    regla, inicio = "inicio_actividades", declaracion.inicio
    if inicio is None:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    if inicio == "primera":
        resultado, porque = _con_primera(declaracion, reglamento)
        return Hallazgo(regla, resultado, "primera categoría", porque)
    declarado, porque = _SIN_PRIMERA[inicio]
    if reglamento.componente == 1:
        return Hallazgo(regla, Resultado.NO_CUMPLE, declarado, porque)
    # Segunda categoría en el componente 2: el formulario no lo dice, lo mira una persona (dominio, §3).
    if inicio == "segunda":
        return Hallazgo(regla, Resultado.LO_REVISA_UNA_PERSONA, declarado, porque)
    admite = declaracion.tipo_persona is TipoPersona.EMPRENDEDOR
    return Hallazgo(regla, _cumple(admite), declarado, porque)


def _con_primera(declaracion: Declaracion, reglamento: Reglamento) -> tuple[Resultado, str]:
    """Quien se dice emprendedor y ya inició se contradice: en el componente 1 postula como lo que es."""
    if declaracion.tipo_persona is not TipoPersona.EMPRENDEDOR:
        return Resultado.CUMPLE, ""
    seria = Resultado.NO_CUMPLE if reglamento.componente == 1 else Resultado.LO_REVISA_UNA_PERSONA
    return seria, "emprendedor"


_SIN_PRIMERA = {"segunda": ("solo segunda categoría", "segunda"), "no": ("sin inicio de actividades", "sin_inicio")}


def ventas(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Ventas netas del año entre el mínimo y el máximo en UF; los dos bordes cuentan."""
    if declaracion.ventas_clp is None:
        return Hallazgo("ventas", Resultado.FALTA_DATO)
    declarado = mostrar_uf(en_uf(declaracion.ventas_clp, reglamento.uf_clp))
    porque = _fuera_de_ventas(declaracion.ventas_clp, reglamento)
    return Hallazgo("ventas", _cumple(not porque), declarado, porque)


def _fuera_de_ventas(pesos: int, reglamento: Reglamento) -> str:
    """«bajo» o «sobre»; con «_convocatoria» si el programa las admite y es ella quien las deja fuera. Dentro, vacío."""
    minimo, maximo = reglamento.ventas_minimas_programa_uf, reglamento.ventas_maximas_programa_uf
    if pesos < reglamento.ventas_minimas_uf * reglamento.uf_clp:
        return "bajo" if minimo is None or pesos < minimo * reglamento.uf_clp else "bajo_convocatoria"
    if pesos > reglamento.ventas_maximas_uf * reglamento.uf_clp:
        return "sobre" if maximo is None or pesos > maximo * reglamento.uf_clp else "sobre_convocatoria"
    return ""


def ventas_cooperativa(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Promedio anual por asociado inferior al máximo: este borde no cuenta («inferior a»)."""
    if declaracion.ventas_clp is None or not declaracion.asociados:
        return Hallazgo("ventas_cooperativa", Resultado.FALTA_DATO)
    promedio = en_uf(declaracion.ventas_clp, reglamento.uf_clp) / declaracion.asociados
    tope = reglamento.ventas_cooperativa_maximas_uf * reglamento.uf_clp * declaracion.asociados
    return Hallazgo(
        "ventas_cooperativa", _cumple(declaracion.ventas_clp < tope), f"{mostrar_uf(promedio)} por asociado"
    )


def territorio(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """La comuna queda en una región que la convocatoria admite y, si nombra comunas, es una de ellas."""
    comuna, region = declaracion.comuna, declaracion.region
    if region is None or (reglamento.comunas_admitidas and comuna is None):
        return Hallazgo("territorio", Resultado.FALTA_DATO)
    lugar = comuna or region
    if reglamento.regiones_admitidas and region not in reglamento.regiones_admitidas:
        return Hallazgo("territorio", Resultado.NO_CUMPLE, lugar, "region")
    if reglamento.comunas_admitidas and comuna not in reglamento.comunas_admitidas:
        return Hallazgo("territorio", Resultado.NO_CUMPLE, lugar, "comuna")
    return Hallazgo("territorio", Resultado.CUMPLE, lugar)


def antiguedad(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Años cumplidos desde el inicio de actividades hasta la publicación, dentro de lo que pide la convocatoria."""
    if declaracion.emprende_sin_inicio:
        anios, declarado = 0, "sin inicio de actividades"
    elif declaracion.inicio_fecha is None:
        return Hallazgo("antiguedad", Resultado.FALTA_DATO)
    else:
        anios = anios_cumplidos(declaracion.inicio_fecha, reglamento.publicacion)
        declarado = "1 año cumplido" if anios == 1 else f"{anios} años cumplidos"
    minima, maxima = reglamento.antiguedad_minima_anios, reglamento.antiguedad_maxima_anios
    if minima is not None and anios < minima:
        return Hallazgo("antiguedad", Resultado.NO_CUMPLE, declarado, "poca")
    if maxima is not None and anios > maxima:
        return Hallazgo("antiguedad", Resultado.NO_CUMPLE, declarado, "mucha")
    return Hallazgo("antiguedad", Resultado.CUMPLE, declarado)


def anios_cumplidos(desde: date, hasta: date) -> int:
    """Años enteros entre dos fechas, nunca menos de 0. El 29 de febrero se cumple el 28 (Código Civil, artículo 48)."""
    falta = (hasta.month, hasta.day) < (desde.month, _dia_en_que_se_cumple(desde, hasta.year))
    return max(hasta.year - desde.year - falta, 0)


def _dia_en_que_se_cumple(aniversario: date, anio: int) -> int:
    es_29_de_febrero = (aniversario.month, aniversario.day) == (2, 29)
    return 28 if es_29_de_febrero and not isleap(anio) else aniversario.day


def perfil(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """El perfil al que se dirige la convocatoria, uno de los que conoce el programa."""
    declarado = {"liderada_por_mujeres": declaracion.liderada_por_mujeres}[reglamento.perfil]
    if declarado is None:
        return Hallazgo("perfil", Resultado.FALTA_DATO)
    return Hallazgo("perfil", _cumple(declarado), _si_o_no(declarado))


def deudas(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin deudas laborales, previsionales ni tributarias."""
    return _no_debe_declarar("deudas", declaracion.deudas)


def practicas_antisindicales(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin condena por prácticas antisindicales."""
    return _no_debe_declarar("practicas_antisindicales", declaracion.condena_antisindical)


def deuda_alimentos(declaracion: Declaracion, reglamento: Reglamento) -> Hallazgo:
    """Sin inscripción vigente como deudor de alimentos (Ley 21.389)."""
    return _no_debe_declarar("deuda_alimentos", declaracion.deuda_alimentos)


def _no_debe_declarar(regla: str, declarado: bool | None) -> Hallazgo:
    if declarado is None:
        return Hallazgo(regla, Resultado.FALTA_DATO)
    return Hallazgo(regla, _cumple(not declarado), _si_o_no(declarado))


def _cumple(si: bool) -> Resultado:
    return Resultado.CUMPLE if si else Resultado.NO_CUMPLE


def _si_o_no(declarado: bool) -> str:
    return "sí" if declarado else "no"
