"""La lista de todo lo que se revisa cuando cada celda ya está bien escrita: que los datos, juntos, tengan sentido."""

from collections.abc import Callable, Iterator

from generador import (
    semantica_actividades,
    semantica_agenda,
    semantica_cambios,
    semantica_casos,
    semantica_convocatorias,
    semantica_estrechar,
    semantica_eventos,
    semantica_fechas,
    semantica_indicadores,
    semantica_matriz,
    semantica_parametros,
    semantica_pauta,
    semantica_preguntas,
    semantica_programa,
    semantica_referencias,
    semantica_reservas,
    semantica_resultados,
    semantica_textos,
)
from generador.problemas import Problema
from generador.vista import Vista

REVISIONES: tuple[Callable[[Vista], Iterator[Problema]], ...] = (
    semantica_referencias.entre_paquetes,
    semantica_referencias.comuna_en_su_region,
    semantica_referencias.lugar_segun_modalidad,
    semantica_fechas.fechas_de_convocatoria,
    semantica_fechas.horas_que_existen,
    semantica_fechas.calendario,
    semantica_fechas.eventos,
    semantica_fechas.evento_de_la_convocatoria,
    semantica_convocatorias.componente,
    semantica_convocatorias.situacion,
    semantica_convocatorias.frases,
    semantica_estrechar.listas,
    semantica_estrechar.comunas,
    semantica_actividades.actividades,
    semantica_actividades.rubros,
    semantica_estrechar.ventas,
    semantica_estrechar.antiguedad,
    semantica_estrechar.clausulas,
    semantica_reservas.caben,
    semantica_reservas.grupos,
    semantica_reservas.tope,
    semantica_pauta.pauta,
    semantica_pauta.quienes_evaluan,
    semantica_casos.codigos,
    semantica_cambios.enmiendas,
    semantica_cambios.cambios_de_eventos,
    semantica_cambios.eventos_que_cambiaron,
    semantica_convocatorias.parametros_vigentes,
    semantica_convocatorias.unidad_de_fomento,
    semantica_preguntas.preguntas,
    semantica_preguntas.propias,
    semantica_eventos.situacion_de_eventos,
    semantica_eventos.sede_del_evento,
    semantica_eventos.permisos,
    semantica_eventos.imagenes,
    semantica_agenda.partes,
    semantica_agenda.dentro_del_evento,
    semantica_agenda.busquedas,
    semantica_agenda.salas,
    semantica_agenda.nombres_reservados,
    semantica_agenda.cancelado_en_los_dos,
    semantica_indicadores.fichas,
    semantica_indicadores.mediciones,
    semantica_indicadores.pocos_casos,
    semantica_indicadores.formulas,
    semantica_programa.estado_del_programa,
    semantica_programa.nada_abierto_si_cerro,
    semantica_parametros.conocidos,
    semantica_parametros.vigencias,
    semantica_parametros.continuidad,
    semantica_parametros.numeros,
    semantica_parametros.topes,
    semantica_parametros.secciones,
    semantica_parametros.comunas,
    semantica_parametros.feriados,
    semantica_matriz.completa,
    semantica_matriz.filas,
    semantica_matriz.con_inicio,
    semantica_resultados.convocatorias,
    semantica_resultados.cuentas,
    semantica_textos.celdas,
    semantica_textos.bases,
    semantica_textos.archivo_de_bases,
)


# Comparan unas tablas con otras: se hacen con las filas que llegaron sin problemas, para no decir dos veces lo mismo.
AL_FINAL: tuple[Callable[[Vista], Iterator[Problema]], ...] = (
    semantica_pauta.descriptores,
    semantica_matriz.documentos,
    semantica_casos.casos,
)


def revisar_sentido(vista: Vista) -> list[Problema]:
    """Todos los problemas de sentido, sin repetir."""
    primeros = {problema for revision in REVISIONES for problema in revision(vista)}
    sana = vista.sin({(problema.archivo, problema.fila) for problema in primeros})
    return sorted(primeros | {problema for revision in AL_FINAL for problema in revision(sana)})
