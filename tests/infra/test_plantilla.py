"""La plantilla despliega lo que dice: sin errores de los revisores y sin las faltas que ellos no ven."""

import csv
import json
import re
import string
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cfnlint.api import ManualArgs, lint

from funciones import barrer
from funciones.adaptadores import dynamodb_filas as filas
from funciones.dominio.postulacion import Actor, Papel, nacimiento
from funciones.entrada.errores import TEXTOS
from funciones.tramite import expediente, sin_abrir
from servidor import plantilla as lectura
from tests import mundo
from tests.infra import faltas
from tests.infra.traduccion import RAIZ, Plantilla, original, traducir


def test_lo_traducido_no_tiene_errores_de_cfn_lint() -> None:
    traducida = json.dumps(traducir(original()), indent=1)
    halladas = lint(traducida, config=ManualArgs(regions=["us-east-1"]))
    assert [f"{h.rule.id} {h.message}" for h in halladas] == []


def test_la_plantilla_no_tiene_faltas() -> None:
    assert list(faltas.todas(original())) == []


def _recurso(p: Plantilla, nombre: str) -> Plantilla:
    return p["Resources"][nombre]["Properties"]


def _suceso(p: Plantilla, funcion: str, suceso: str) -> Plantilla:
    return _recurso(p, funcion)["Events"][suceso]["Properties"]


def _sentencia(p: Plantilla, rol: str) -> Plantilla:
    return _recurso(p, rol)["Policies"][0]["PolicyDocument"]["Statement"][0]


def _distribucion(p: Plantilla) -> Plantilla:
    return _recurso(p, "Distribucion")["DistributionConfig"]


def _seguridad(p: Plantilla) -> Plantilla:
    return _recurso(p, "Cabeceras")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]


ERRORES: dict[str, Callable[[Plantilla], object]] = {
    "manejador que no existe": lambda p: _recurso(p, "Postular").update(Handler="funciones.postulando.handler"),
    "manejador con otro nombre": lambda p: _recurso(p, "Postular").update(Handler="funciones.postular.recibir"),
    "camino sin barra": lambda p: _suceso(p, "Verificar", "Ver").update(Path="api/verificar"),
    "camino fuera de la API": lambda p: _suceso(p, "Verificar", "Ver").update(Path="/verificar"),
    "camino con barra final": lambda p: _suceso(p, "Verificar", "Ver").update(Path="/api/verificar/"),
    "ruta pública con credencial": lambda p: _suceso(p, "Verificar", "Ver").update(Auth={"Authorizer": "Personal"}),
    "ruta de la mesa sin credencial": lambda p: _suceso(p, "Evaluar", "Lista").pop("Auth"),
    "credencial por omisión en toda la API": lambda p: _recurso(p, "Api")["Auth"].update(DefaultAuthorizer="Personal"),
    "credencial de cualquier cliente": lambda p: _recurso(p, "Api")["Auth"]["Authorizers"]["Personal"][
        "JwtConfiguration"
    ].update(audience=["otro"]),
    "cada quien se cambia el rol": lambda p: _recurso(p, "ClienteMesa")["WriteAttributes"].append("custom:rol"),
    "cualquiera se crea una cuenta": lambda p: _recurso(p, "Personal").update(
        AdminCreateUserConfig={"AllowAdminCreateUserOnly": False}
    ),
    "tabla sin registro de cambios": lambda p: _recurso(p, "Tabla").update(StreamSpecification={}),
    "registro de cambios solo con llaves": lambda p: _recurso(p, "Tabla").update(
        StreamSpecification={"StreamViewType": "KEYS_ONLY"}
    ),
    "tabla sin recuperación": lambda p: _recurso(p, "Tabla").pop("PointInTimeRecoverySpecification"),
    "tabla sin cifrado": lambda p: _recurso(p, "Tabla").pop("SSESpecification"),
    "tabla borrable": lambda p: _recurso(p, "Tabla").update(DeletionProtectionEnabled=False),
    "tabla con tope fijo": lambda p: _recurso(p, "Tabla").update(BillingMode="PROVISIONED"),
    "nada expira": lambda p: _recurso(p, "Tabla").pop("TimeToLiveSpecification"),
    "tabla sin Retain": lambda p: p["Resources"]["Tabla"].pop("DeletionPolicy"),
    "cubeta que se pierde al reemplazarla": lambda p: p["Resources"]["Documentos"].pop("UpdateReplacePolicy"),
    "clave maestra sin Retain": lambda p: p["Resources"]["ClaveMaestra"].pop("DeletionPolicy"),
    "relevo desde lo último": lambda p: _suceso(p, "Relevar", "AvisoNuevo").update(StartingPosition="LATEST"),
    "relevo sin destino de fallas": lambda p: _suceso(p, "Relevar", "AvisoNuevo").pop("DestinationConfig"),
    "relevo sin dividir el lote": lambda p: _suceso(p, "Relevar", "AvisoNuevo").pop("BisectBatchOnFunctionError"),
    "relevo que reintenta para siempre": lambda p: _suceso(p, "Relevar", "AvisoNuevo").pop("MaximumRetryAttempts"),
    "relevo que repite el lote": lambda p: _suceso(p, "Relevar", "AvisoNuevo").pop("FunctionResponseTypes"),
    "filtro mal escrito": lambda p: _suceso(p, "Relevar", "AvisoNuevo")["FilterCriteria"].update(
        Filters=[{"Pattern": '{"eventName":["INSERT"]'}]
    ),
    "envío que repite el lote": lambda p: _suceso(p, "Notificar", "Avisos").pop("FunctionResponseTypes"),
    "cola impaciente": lambda p: _recurso(p, "ColaAvisos").update(VisibilityTimeout=60),
    "cola sin apartado": lambda p: _recurso(p, "ColaAvisos").pop("RedrivePolicy"),
    "cola que insiste una sola vez": lambda p: _recurso(p, "ColaAvisos")["RedrivePolicy"].update(maxReceiveCount=1),
    "acción con comodín": lambda p: _sentencia(p, "RolPostular").update(Action=["dynamodb:*"]),
    "recurso con comodín": lambda p: _sentencia(p, "RolPostular").update(Resource="*"),
    "recurso de toda la cuenta": lambda p: _sentencia(p, "RolPostular").update(
        Resource=[{"Fn::Sub": "arn:aws:dynamodb:us-east-1:${AWS::AccountId}:table/*"}]
    ),
    "todo menos algo": lambda p: _sentencia(p, "RolPostular").update(NotAction=["iam:PassRole"]),
    "política de administración": lambda p: _recurso(p, "RolPostular")["ManagedPolicyArns"].append(
        "arn:aws:iam::aws:policy/AdministratorAccess"
    ),
    "rol que crea SAM con su política de AWS": lambda p: _recurso(p, "Postular").pop("Role"),
    "rol compartido": lambda p: _recurso(p, "Postular").update(Role={"Fn::GetAtt": ["RolConfirmar", "Arn"]}),
    "notificar sin permiso de correo": lambda p: _recurso(p, "RolNotificar")["Policies"][0]["PolicyDocument"].update(
        Statement=_recurso(p, "RolNotificar")["Policies"][0]["PolicyDocument"]["Statement"][:1]
    ),
    "cubeta pública": lambda p: _recurso(p, "Documentos")["PublicAccessBlockConfiguration"].update(
        BlockPublicPolicy=False
    ),
    "cubeta sin versiones": lambda p: _recurso(p, "Documentos").pop("VersioningConfiguration"),
    "cubeta sin cifrado": lambda p: _recurso(p, "Documentos").pop("BucketEncryption"),
    "cubeta sin TLS": lambda p: p["Resources"].pop("DocumentosSoloConTls"),
    "cubeta que deja leer a todos": lambda p: _recurso(p, "PortalSoloPorCloudFront")["PolicyDocument"][
        "Statement"
    ].append({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "x"}),
    "antivirus que no mira lo archivado": lambda p: _recurso(p, "Antivirus")["ProtectedResource"]["S3Bucket"].update(
        ObjectPrefixes=["cuarentena/"]
    ),
    "antivirus que no anota": lambda p: _recurso(p, "Antivirus").pop("Actions"),
    "cualquiera anota lo del antivirus": lambda p: _recurso(p, "DocumentosSoloConTls")["PolicyDocument"][
        "Statement"
    ].pop(),
    "mesa que abre sin antivirus": lambda p: [
        s.pop("Condition", None) for s in _recurso(p, "RolEvaluar")["Policies"][0]["PolicyDocument"]["Statement"]
    ],
    "cuarentena eterna": lambda p: _recurso(p, "Documentos")["LifecycleConfiguration"]["Rules"].pop(0),
    "sin confirmar que no caduca": lambda p: _recurso(p, "Documentos")["LifecycleConfiguration"]["Rules"][1].update(
        ExpirationInDays=365
    ),
    "CORS para cualquiera en la cubeta": lambda p: _recurso(p, "Documentos")["CorsConfiguration"]["CorsRules"][
        0
    ].update(AllowedOrigins=["*"]),
    "CORS para cualquiera en la API": lambda p: _recurso(p, "Api").update(CorsConfiguration={"AllowOrigins": ["*"]}),
    "función sin plazo": lambda p: p["Globals"]["Function"].pop("Timeout"),
    "función sin memoria": lambda p: p["Globals"]["Function"].pop("MemorySize"),
    "función que nada llama": lambda p: _recurso(p, "Barrer").pop("Events"),
    "API sin tope": lambda p: _recurso(p, "Api").pop("DefaultRouteSettings"),
    "registro eterno": lambda p: _recurso(p, "Registro").pop("RetentionInDays"),
    "registro aparte": lambda p: p["Globals"]["Function"].pop("LoggingConfig"),
    "API sin cabeceras": lambda p: _distribucion(p)["CacheBehaviors"][-1].pop("ResponseHeadersPolicyId"),
    "portal sin cifrar": lambda p: _distribucion(p)["DefaultCacheBehavior"].update(ViewerProtocolPolicy="allow-all"),
    "API guardada en CloudFront": lambda p: _distribucion(p)["CacheBehaviors"][-1].update(
        CachePolicyId="658327ea-f89d-4fab-a63d-7e88639e58f6"
    ),
    "más rutas guardadas en CloudFront": lambda p: _distribucion(p)["CacheBehaviors"][1].update(
        PathPattern="/api/con*"
    ),
    "descripción de la API tapada": lambda p: _distribucion(p)["CacheBehaviors"].reverse(),
    "páginas de error tapadas": lambda p: _distribucion(p)["CustomErrorResponses"][0].update(ErrorCode=404),
    "guiones en línea": lambda p: _seguridad(p)["ContentSecurityPolicy"].update(
        ContentSecurityPolicy="script-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


@pytest.mark.parametrize("error", ERRORES)
def test_la_revision_ve_cada_error_plantado(error: str) -> None:
    plantada = original()
    ERRORES[error](plantada)
    assert next(faltas.todas(plantada), None), f"nadie vio: {error}"


def test_la_revision_ve_una_ruta_con_dos_duenos() -> None:
    plantada = original()
    _recurso(plantada, "Postular")["Events"]["Otra"] = {
        "Type": "HttpApi",
        "Properties": {"ApiId": {"Ref": "Api"}, "Method": "GET", "Path": "/api/verificar"},
    }
    assert "GET /api/verificar: la atienden 2 funciones" in list(faltas.rutas(plantada))


def test_cada_verbo_tiene_su_recurso_y_cada_recurso_su_verbo() -> None:
    verbos = {
        archivo.stem for archivo in (RAIZ / "funciones").glob("*.py") if "\ndef handler(" in archivo.read_text("utf-8")
    }
    desplegados = {manejador.split(".")[1] for manejador in lectura.manejadores(original()).values()}
    assert desplegados == verbos


def test_las_rutas_son_las_que_atiende_cada_verbo() -> None:
    """El verbo reparte por «MÉTODO /camino»: una ruta de más daría error y una de menos no llegaría nunca."""
    for ruta in lectura.rutas(original()):
        codigo = (RAIZ / "funciones" / f"{ruta.funcion.lower()}.py").read_text("utf-8")
        assert f'"{ruta.clave}"' in codigo, f"{ruta.funcion} no atiende {ruta.clave}"
    claves = {ruta.clave for ruta in lectura.rutas(original())}
    for archivo in (RAIZ / "funciones").rglob("*.py"):
        for clave in re.findall(r'"((?:GET|POST) /api/[^" .]+)"', archivo.read_text("utf-8")):
            assert clave in claves, f"{archivo.name} atiende {clave}, que no está en la plantilla"


def test_ninguna_funcion_publica_responde_lo_que_cloudfront_tapa() -> None:
    tapados = {e["ErrorCode"] for e in _distribucion(original())["CustomErrorResponses"]}
    # Al personal sin permiso CloudFront le muestra la página 404: no dice ni que exista.
    assert {clave for clave, texto in TEXTOS.items() if texto.estado in tapados} == set()


def test_la_cuenta_de_atrasados_mira_lo_que_escribe_el_barrido() -> None:
    filtro = _recurso(original(), "CuentaDeAtrasados")
    codigo = (RAIZ / "funciones" / "barrer.py").read_text("utf-8")
    assert filtro["FilterPattern"] == '{ $.message = "barrido" }'
    assert 'registro.info("barrido", extra=hecho)' in codigo
    assert f'hecho["{filtro["MetricTransformations"][0]["MetricValue"].removeprefix("$.")}"]' in codigo


@pytest.mark.parametrize("de_que", ["DocumentosSinRevisar", "DerechosVencidos"])
def test_cada_cuenta_y_su_alarma_miran_lo_que_escribe_el_barrido(de_que: str) -> None:
    filtro, alarma = (_recurso(original(), f"{que}{de_que}") for que in ("CuentaDe", "Alarma"))
    assert filtro["FilterPattern"] == '{ $.message = "barrido" }'
    assert filtro["MetricTransformations"][0]["MetricValue"].removeprefix("$.") in barrer.CUENTAS
    assert alarma["MetricName"] == filtro["MetricTransformations"][0]["MetricName"]
    assert timedelta(minutes=15) == sin_abrir.ESPERA


def test_lo_que_espera_confirmacion_dura_mas_que_el_enlace() -> None:
    filas = csv.DictReader((RAIZ / "datos" / "parametros" / "parametros.csv").open(encoding="utf-8", newline=""))
    horas = [int(fila["valor"]) for fila in filas if fila["clave"] == "horas_enlace_confirmacion"]
    assert horas
    assert expediente.DURAN[expediente.POR_CONFIRMAR] > timedelta(hours=max(horas))


def test_la_alarma_del_libro_mira_lo_que_escribe_la_auditoria() -> None:
    filtro = _recurso(original(), "CuentaDeFallasDelLibro")
    codigo = (RAIZ / "funciones" / "auditar.py").read_text("utf-8")
    assert filtro["FilterPattern"] == '{ $.message = "libro auditado" }'
    assert 'registro.info("libro auditado", extra=hecho)' in codigo
    assert f'"{filtro["MetricTransformations"][0]["MetricValue"].removeprefix("$.")}": len(fallas)' in codigo
    for alarma in ("AlarmaLibroRoto", "AlarmaAuditoriaDetenida"):
        assert _recurso(original(), alarma)["MetricName"] == {"Fn::Sub": "FallasDelLibro-${Entorno}"}


def test_la_cuenta_de_confirmaciones_en_espera_mira_lo_que_escribe_el_reparto() -> None:
    filtro = _recurso(original(), "CuentaDeConfirmacionesEnEspera")
    codigo = (RAIZ / "funciones" / "difundir.py").read_text("utf-8")
    assert filtro["FilterPattern"] == '{ $.message = "difundido" }'
    assert 'registro.info("difundido", extra=hecho)' in codigo
    assert f'hecho["{filtro["MetricTransformations"][0]["MetricValue"].removeprefix("$.")}"]' in codigo
    alarma = _recurso(original(), "AlarmaConfirmacionesEnEspera")
    assert alarma["MetricName"] == {"Fn::Sub": "ConfirmacionesEnEspera-${Entorno}"}


def test_lo_que_corre_solo_cada_pocos_minutos_avisa_si_se_detiene_y_no_se_repite() -> None:
    """Con reloj cada pocos minutos: en cada uno falta su alarma si nadie lo llama, y una falla no se reintenta."""
    alarmas = lectura.recursos(original(), "AWS::CloudWatch::Alarm").values()
    vigiladas = {
        a["Properties"]["Dimensions"][0]["Value"]["Ref"]
        for a in alarmas
        if a["Properties"]["MetricName"] == "Invocations" and a["Properties"]["TreatMissingData"] == "breaching"
    }
    assert {"Barrer", "Exponer", "Difundir"} <= vigiladas
    assert _recurso(original(), "Difundir")["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


def test_exponer_corre_de_a_uno_y_no_guarda_pasadas_para_despues() -> None:
    exponer = _recurso(original(), "Exponer")
    assert exponer["ReservedConcurrentExecutions"] == 1
    assert exponer["EventInvokeConfig"] == {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 300}


def test_cada_alarma_avisa_a_alguien() -> None:
    alarmas = lectura.recursos(original(), "AWS::CloudWatch::Alarm")
    assert len(alarmas) >= 4
    assert all(a["Properties"]["AlarmActions"] == [{"Ref": "Alarmas"}] for a in alarmas.values())


def test_la_clave_maestra_nace_como_treinta_y_dos_bytes_en_hexadecimal() -> None:
    receta = _recurso(original(), "ClaveMaestra")["GenerateSecretString"]
    letras = set(string.ascii_lowercase + string.digits) - set(receta["ExcludeCharacters"])
    assert receta["ExcludeUppercase"]
    assert receta["ExcludePunctuation"]
    assert letras == set("0123456789abcdef")
    assert receta["PasswordLength"] == 64


def test_el_filtro_del_relevo_deja_pasar_los_avisos_que_escribe_el_almacen_y_nada_mas() -> None:
    patron = json.loads(_suceso(original(), "Relevar", "AvisoNuevo")["FilterCriteria"]["Filters"][0]["Pattern"])
    postulada = mundo.postulacion()
    transicion, aviso = nacimiento(postulada, Actor(Papel.POSTULANTE, postulada.folio), mundo.REGLA)
    con_aviso = filas.registro_y_aviso(transicion, aviso, mundo.LLAVERO)
    sin_aviso = filas.registro_y_aviso(transicion, None, mundo.LLAVERO)
    assert _calza(patron, {"eventName": "INSERT", "dynamodb": {"NewImage": filas.a_atributos(con_aviso)}})
    assert not _calza(patron, {"eventName": "INSERT", "dynamodb": {"NewImage": filas.a_atributos(sin_aviso)}})
    assert not _calza(patron, {"eventName": "MODIFY", "dynamodb": {"NewImage": filas.a_atributos(con_aviso)}})
    borrada = {"eventName": "REMOVE", "dynamodb": {"Keys": filas.llave(filas.pk_postulacion(postulada.folio))}}
    assert not _calza(patron, borrada)


def _calza(patron: Any, valor: Any) -> bool:
    """Las reglas de filtro de Lambda que usa la plantilla: listas de valores exactos o de prefijos."""
    if isinstance(patron, dict):
        return isinstance(valor, dict) and all(_calza(regla, valor.get(campo)) for campo, regla in patron.items())
    return any(
        isinstance(valor, str) and valor.startswith(regla["prefix"]) if isinstance(regla, dict) else valor == regla
        for regla in patron
    )


def test_clave_unica_solo_dice_quien_es_y_su_secreto_no_esta_en_la_plantilla() -> None:
    proveedor = original()["Resources"]["ClaveUnica"]
    propiedades = proveedor["Properties"]
    assert proveedor["Condition"] == "ConClaveUnica"
    # Ni rol ni región: los da la administración, nunca quien entra.
    assert propiedades["AttributeMapping"] == {"username": "sub"}
    assert propiedades["ProviderDetails"]["authorize_scopes"] == "openid run name"
    assert "resolve:secretsmanager" in str(propiedades["ProviderDetails"]["client_secret"])


def test_si_salen_muchos_correos_alguien_se_entera() -> None:
    """No hay tope de todo el portal, que un ataque volvería un cierre: lo que hay es quien mire."""
    alarma = _recurso(original(), "AlarmaMuchosCorreos")
    assert (alarma["Namespace"], alarma["MetricName"], alarma["Statistic"]) == ("AWS/SES", "Send", "Sum")
    assert alarma["Threshold"] / (alarma["Period"] / 3600) == 2000
    assert alarma["AlarmActions"] == [{"Ref": "Alarmas"}]
