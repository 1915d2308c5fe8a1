"""Cada pregunta del formulario: cómo dice lo que falta o no se entiende, sin perder lo escrito; y el comprobante."""

from __future__ import annotations

import hashlib
import html
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from funciones.adaptadores.montaje import montaje
from funciones.adaptadores.redaccion import redactar
from funciones.tramite.preguntas import Pregunta, preguntas_del_formulario
from funciones.tramite.vista import de_correo
from tests.funciones.conftest import entorno_embebido
from tests.funciones.puerta import Puerta
from tests.funciones.test_avance import RESPUESTAS
from tests.recorridos.mundo import CONVOCATORIA, DOCUMENTOS, RAIZ, respuestas_de, rut_de_ejemplo

ARICA = "2027-encuentro-arica-sabores-del-desierto"
RIOS = "2027-rueda-los-rios-mesa-del-sur"
# Lo que se escribe mal en cada tipo de respuesta: por formato, por largo y con letras que no se ven.
MALAS = {
    "rut": ["76.086.428-1", "123", "hola", "1" * 13],
    "texto": ["x" * 2000, "con\x00nulo"],
    "texto_largo": ["x" * 6000, "con\x00nulo"],
    "correo": ["ana", "ana@", "a b@ejemplo.cl", "x" * 200 + "@ejemplo.cl"],
    "telefono": ["123", "nueve", "1" * 21],
    "comuna": ["Talka", "Atlántida", "Talca, Biobío", "<script>"],
    "actividad": ["pan", "999999", "1234567"],
    "actividades": ["pan", "107100, 999999"],
    "plata": ["veinte palos", "-5", "24,5", "1" * 21],
    "entero": ["dos", "2.5", "-1", "12345678"],
    "fecha": ["ayer", "31-02-2020", "1-1-3000"],
    "si_no": ["quizás", "SI"],
    "opcion": ["otra cosa", "x" * 300],
    "tipo_persona": ["sociedad"],
}


@pytest.fixture(scope="module")
def unica(tmp_path_factory: pytest.TempPathFactory, horneado: Path) -> Iterator[Puerta]:
    with entorno_embebido(tmp_path_factory.mktemp("formulario"), horneado) as puerta:
        yield puerta


def mandar(puerta: Puerta, clave: str, paso: str, accion: str = "seguir", **campos: str) -> Any:
    formulario = {"convocatoria": CONVOCATORIA, "clave": clave, "paso": paso, "accion": accion, **campos}
    return puerta.llamar("postular", "POST", "/api/postular", formulario=formulario, html=True)


def preguntas(puerta: Puerta, convocatoria: str = CONVOCATORIA) -> tuple[Pregunta, ...]:
    llamada = puerta.montaje.horneado.convocatoria(convocatoria)
    assert llamada is not None
    return preguntas_del_formulario(llamada, puerta.montaje.horneado)


def nueva_clave() -> str:
    return secrets.token_urlsafe(24)


def borrador(puerta: Puerta, quien: str = "juridica") -> str:
    """La clave de un borrador recién empezado por ese tipo de persona."""
    clave = nueva_clave()
    assert mandar(puerta, clave, "tipo_persona", tipo_persona=quien)["statusCode"] == 200
    return clave


def test_cada_pregunta_y_cada_forma_de_equivocarse_se_dice_igual(unica: Puerta) -> None:
    """U3: título con «Error: », resumen que toma el foco y lleva al campo, las mismas palabras junto, y lo escrito."""
    probadas = 0
    for pregunta in preguntas(unica):
        if pregunta.tipo == "casilla":
            continue
        es_la_primera = pregunta.tipo == "tipo_persona"
        clave = nueva_clave() if es_la_primera else borrador(unica, *pregunta.tipos_persona[:1])
        # El texto largo usa su tope; los demás tipos, sus formas de equivocarse. Vacía, solo si es obligatoria.
        for escrito in [*MALAS[pregunta.tipo], *([""] if pregunta.obligatoria else [])]:
            salida = mandar(unica, clave, pregunta.clave, **{pregunta.clave: escrito})
            _revisar(salida, pregunta, escrito.strip())
            probadas += 1
    assert probadas > 60


def _revisar(salida: Any, pregunta: Pregunta, escrito: str) -> None:
    cual, pagina = (pregunta.clave, escrito[:30]), salida["body"]
    assert salida["statusCode"] == 422, cual
    assert "<title>Error: " in pagina, cual
    resumen = re.search(r'<div class="errores" role="alert" tabindex="-1" autofocus.*?</div>', pagina, re.DOTALL)
    assert resumen, cual
    [(campo, arriba)] = re.findall(r'<a href="#([a-z_]+)">([^<]+)</a>', resumen[0])
    [junto] = re.findall(rf'<p class="msj" id="error-{pregunta.clave}">([^<]+)</p>', pagina)
    assert (campo, arriba) == (pregunta.clave, junto), cual
    assert f'id="{pregunta.clave}"' in pagina, cual
    assert re.search(rf'aria-describedby="[^"]*error-{pregunta.clave}"', pagina), cual
    assert not re.search(r"inválid|por favor|error en", html.unescape(junto), re.IGNORECASE), cual
    if not (pregunta.opciones or pregunta.tipo == "si_no"):
        assert html.escape(escrito).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in pagina, cual


def test_al_revisar_lo_que_falta_se_dice_arriba_y_junto_a_cada_respuesta(unica: Puerta) -> None:
    clave = borrador(unica)
    salida = mandar(unica, clave, "revisar", "enviar")
    assert salida["statusCode"] == 422
    assert "<title>Error: " in salida["body"]
    faltan = re.findall(r'<a href="#([\w-]+)">([^<]+)</a>', salida["body"].split("</div>")[0] + salida["body"])
    assert {"rut", "nombre", "comuna", "correo", "declaracion", "f30"} <= {campo for campo, _ in faltan}
    for campo, dicho in faltan:
        assert f'id="{campo}"' in salida["body"], campo
        assert salida["body"].count(dicho) >= 2, campo


def test_una_respuesta_mala_no_borra_la_buena_que_habia(unica: Puerta) -> None:
    clave = borrador(unica)
    mandar(unica, clave, "rut", rut=RESPUESTAS["rut"])
    assert mandar(unica, clave, "rut", rut="123")["statusCode"] == 422
    guardado = montaje().almacen.borrador(montaje().llavero.huella_borrador(clave), montaje().ahora())
    assert guardado is not None
    assert guardado.respuestas["rut"] == RESPUESTAS["rut"]


# Quién puede postular y qué pregunta cada una


def test_en_el_componente_1_no_se_ofrece_postular_sin_inicio_y_se_dice_donde_si(unica: Puerta) -> None:
    pagina = unica.llamar(
        "postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA, "nuevo": "si"}, html=True
    )["body"]
    assert 'value="emprendedor"' not in pagina
    assert 'href="/encuentros/"' in pagina
    salida = mandar(unica, nueva_clave(), "tipo_persona", tipo_persona="emprendedor")
    assert salida["statusCode"] == 422
    consulta = {"convocatoria": RIOS, "nuevo": "si"}
    assert (
        'value="emprendedor"' in unica.llamar("postular", "GET", "/api/postular", consulta=consulta, html=True)["body"]
    )


def test_al_revisar_los_requisitos_si_se_puede_elegir_para_saber_por_que_no(unica: Puerta) -> None:
    cuerpo = {"convocatoria": CONVOCATORIA, "tipo_persona": "emprendedor", "inicio_actividades": "no"}
    estado, dicho = unica.json("verificar", "POST", "/api/verificar", cuerpo=cuerpo)
    assert (estado, dicho["resultado"]) == (200, "no_cumple")


def test_una_convocatoria_agrega_sus_preguntas_en_su_lugar(unica: Puerta) -> None:
    claves = [p.clave for p in preguntas(unica, ARICA)]
    lugar = claves.index("lleva")
    assert claves[lugar : lugar + 3] == ["lleva", "busca_en_el_encuentro", "reunirse_con"]
    propias = {p.clave: p for p in preguntas(unica, ARICA)}
    assert propias["reunirse_con"].bloque == propias["lleva"].bloque
    assert not {"busca_en_el_encuentro", "reunirse_con"} & {p.clave for p in preguntas(unica)}


def test_la_respuesta_propia_se_exige_se_revisa_y_la_ve_la_mesa(tmp_path: Path, horneado: Path) -> None:
    crudo = json.loads(horneado.read_text(encoding="utf-8"))
    crudo["convocatorias"][CONVOCATORIA]["preguntas_propias"] = crudo["convocatorias"][ARICA]["preguntas_propias"]
    otro = horneado.parent / "con_propias.json"
    otro.write_text(json.dumps(crudo), encoding="utf-8")
    with entorno_embebido(tmp_path, otro) as puerta:
        estado, cuerpo = puerta.postular(rut_de_ejemplo(77_100_601))
        assert (estado, list(cuerpo["campos"])) == (422, ["busca_en_el_encuentro"])
        estado, cuerpo = puerta.postular(rut_de_ejemplo(77_100_601), busca_en_el_encuentro="nada")
        assert (estado, list(cuerpo["campos"])) == (422, ["busca_en_el_encuentro"])
        folio, codigo = puerta.recibida(rut_de_ejemplo(77_100_602), busca_en_el_encuentro="clientes")
        _, ficha = puerta.mesa("GET", "/postulaciones/{folio}", camino={"folio": folio})
        assert ("busca_en_el_encuentro", "Clientes nuevos") in {(r["clave"], r["texto"]) for r in ficha["respuestas"]}
        assert "respuesta:busca_en_el_encuentro" in {c["que"] for c in ficha["corregibles"]}
        formulario = {"folio": folio, "codigo": codigo}
        mia = puerta.llamar("consultar", "POST", "/api/consultar", formulario=formulario, html=True)["body"]
        assert "Clientes nuevos" in mia


def test_la_encuesta_repite_la_linea_base_con_las_mismas_palabras(unica: Puerta) -> None:
    por_clave = {
        formulario: {
            p["clave"]: p for p in unica.montaje.horneado.preguntas(formulario) if p["clave"].startswith("base_")
        }
        for formulario in ("postulacion", "encuesta")
    }
    al_postular, al_cerrar = por_clave["postulacion"], por_clave["encuesta"]
    assert list(al_postular) == list(al_cerrar) == ["base_clientes", "base_proveedores", "base_redes", "base_ferias"]
    for clave, pregunta in al_postular.items():
        assert (pregunta["titulo"], pregunta["tipo"]) == (al_cerrar[clave]["titulo"], al_cerrar[clave]["tipo"])
        assert not pregunta["obligatoria"]
        assert not al_cerrar[clave]["obligatoria"]
    assert unica.montaje.horneado.version_formulario("postulacion") == 3
    assert unica.montaje.horneado.version_formulario("encuesta") == 2


# El comprobante


@pytest.fixture
def enviada(unica: Puerta) -> tuple[str, str]:
    """La clave y la página de una postulación recién enviada sin JavaScript."""
    unica.galletas = []
    clave = nueva_clave()
    unica.subir(clave)
    for pregunta, respuesta in respuestas_de("Panes del Maule", rut_de_ejemplo(77_100_603)).items():
        if pregunta != "declaracion":
            assert mandar(unica, clave, pregunta, **{pregunta: respuesta})["statusCode"] == 200, pregunta
    for documento in DOCUMENTOS:
        assert mandar(unica, clave, f"documento:{documento}")["statusCode"] == 200
    salida = mandar(unica, clave, "revisar", "enviar", declaracion="si")
    assert salida["statusCode"] == 200
    return clave, salida["body"]


def _dato(pagina: str, cual: str) -> str:
    hallado = re.search(rf'id="{cual}">([^<]+)<', pagina)
    assert hallado
    return hallado[1].replace(" ", "")


def test_el_comprobante_trae_folio_paso_con_fecha_contacto_y_se_repite_igual(unica: Puerta, enviada: Any) -> None:
    """U9: enviar dos veces muestra el primer folio; y la galleta del borrador se va."""
    clave, pagina = enviada
    assert re.search(r"<b>Te avisamos el \w+ \d+ de \w+ de \d{4}</b>", pagina)
    assert "Encargatura regional de ferias" in pagina
    otra = mandar(unica, clave, "revisar", "enviar", declaracion="si")
    assert "Max-Age=0" in otra["cookies"][0]
    assert otra["body"] == pagina


def test_lo_enviado_se_guarda_en_un_archivo_cuya_huella_es_la_del_comprobante(unica: Puerta, enviada: Any) -> None:
    _, pagina = enviada
    campos = {"folio": _dato(pagina, "folio"), "codigo": _dato(pagina, "codigo"), "accion": "comprobante"}
    salida = unica.llamar("postular", "POST", "/api/postular", formulario=campos, html=True)
    assert salida["headers"]["content-disposition"] == f'attachment; filename="postulacion-{campos["folio"]}.json"'
    huella = hashlib.sha256(salida["body"].encode()).hexdigest()
    assert f"Respuestas: {huella}<" in pagina
    assert '"nombre": "Panes del Maule"' in salida["body"]
    ajeno = campos | {"codigo": "a" * 32}
    assert unica.llamar("postular", "POST", "/api/postular", formulario=ajeno, html=True)["statusCode"] == 404


def test_el_correo_lleva_las_mismas_huellas(puerta: Puerta) -> None:
    folio, _ = puerta.recibida(rut_de_ejemplo(77_100_604))
    postulacion = puerta.montaje.almacen.postulacion(folio)
    assert postulacion is not None
    convocatoria = puerta.montaje.horneado.convocatoria(CONVOCATORIA)
    assert convocatoria is not None
    contexto = de_correo(postulacion, convocatoria, puerta.montaje.almacen.transiciones(folio), puerta.montaje)
    _, texto, escrito = redactar(postulacion.estado, contexto, puerta.montaje.plantillas)
    for huella in (postulacion.huella.split(".")[1], *(a.huella for a in postulacion.adjuntos)):
        assert huella in texto
        assert huella in escrito


def test_si_despues_se_corrige_no_se_da_otro_archivo_con_la_misma_huella(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut_de_ejemplo(77_100_605))
    correccion = [{"que": "respuesta:lleva", "texto": "Di dónde lo haces."}]
    assert puerta.decidir(folio, "en_correccion", motivo="Falta algo.", correcciones=correccion)[0] == 200
    cuerpo = {"folio": folio, "codigo": codigo, "accion": "corregir", "respuestas": {"lleva": "Pan de Talca."}}
    assert puerta.json("responder", "POST", "/api/responder", cuerpo=cuerpo)[0] == 200
    campos = {"folio": folio, "codigo": codigo, "accion": "comprobante"}
    salida = puerta.llamar("postular", "POST", "/api/postular", formulario=campos, html=True)
    assert salida["statusCode"] == 409
    assert "Ya no es lo mismo que enviaste" in salida["body"]


def _toldo(pagina: str) -> tuple[int, int]:
    """Cuántas franjas del avance van hechas y cuántas faltan."""
    return pagina.count('<path class="si"'), pagina.count('<path class="no"')


def test_el_avance_no_promete_de_mas(unica: Puerta) -> None:
    """La primera página no dice un total que cambia al elegir, y el toldo se llena recién al revisar."""
    primera = unica.llamar("postular", "GET", "/api/postular", consulta={"convocatoria": CONVOCATORIA}, html=True)[
        "body"
    ]
    assert ">Página 1</p>" in primera
    assert _toldo(primera)[0] == 1
    clave = borrador(unica)
    ultima = mandar(unica, clave, "base_redes", base_redes="")["body"]
    assert re.search(r">Página \d+ de \d+</p>", ultima)
    documento = f"documento:{DOCUMENTOS[-1]}"
    anterior = mandar(unica, clave, documento, "quedarse")["body"]
    assert _toldo(anterior)[1] > 0


def test_ningun_campo_del_tramite_corta_lo_pegado_y_cada_texto_largo_dice_su_tope() -> None:
    carpeta = RAIZ / "plantillas" / "formulario"
    textos = {archivo.name: archivo.read_text(encoding="utf-8") for archivo in carpeta.glob("*.j2")}
    assert [n for n, t in textos.items() if re.search(r"<(?:textarea|input)[^\n]*maxlength", t)] == []
    assert [n for n, t in textos.items() if t.count("<textarea") != t.count("{{ tope(")] == []


def test_la_respuesta_larga_dice_cuanto_cabe_y_no_se_corta_sola(unica: Puerta) -> None:
    """Lo que se pega de más llega entero y se dice; el salto de línea cuenta una vez, como en el contador."""
    larga = next(p for p in preguntas(unica) if p.tipo == "texto_largo")
    clave = borrador(unica)
    pasado = mandar(unica, clave, larga.clave, **{larga.clave: "x" * (larga.largo_maximo + 1)})["body"]
    assert "maxlength" not in pasado
    assert f">Hasta {larga.largo_maximo:,} letras".replace(",", ".") + "</p>" in pasado
    assert f"tope-{larga.clave}" in re.findall(r'<textarea[^>]*aria-describedby="([^"]+)"', pasado)[0].split()
    justo = "\r\n".join(["x" * (larga.largo_maximo // 2), "x" * (larga.largo_maximo - larga.largo_maximo // 2 - 1)])
    assert "con-error" not in mandar(unica, clave, larga.clave, **{larga.clave: justo})["body"]
