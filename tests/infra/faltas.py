"""Las faltas de la plantilla que ningún revisor ve: cada función devuelve frases, vacía si está bien."""

import importlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from funciones.tramite import expediente
from servidor import plantilla as lectura
from tests.infra.traduccion import RAIZ, Plantilla, traducir

SE_RETIENEN = {
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::SecretsManager::Secret",
    "AWS::Cognito::UserPool",
    "AWS::Logs::LogGroup",
}


def todas(escrita: Plantilla) -> Iterator[str]:
    """Las faltas de esa plantilla, una a una: lo escrito primero, porque traducirla cuesta y casi siempre basta."""
    de_lo_escrito = (
        manejadores,
        rutas,
        tabla,
        avisos,
        roles,
        retencion,
        cubetas,
        antivirus,
        caducidad,
        limites,
        portal,
    )
    for revision in de_lo_escrito:
        yield from revision(escrita)
    traducida = traducir(escrita)
    yield from credenciales(escrita, traducida)
    yield from permisos(traducida)


def _de_tipo(plantilla: Plantilla, *tipos: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for nombre, recurso in plantilla["Resources"].items():
        if recurso["Type"] in tipos:
            yield nombre, recurso


def _funciones(plantilla: Plantilla) -> dict[str, dict[str, Any]]:
    return {nombre: r["Properties"] for nombre, r in _de_tipo(plantilla, lectura.FUNCION)}


def manejadores(escrita: Plantilla) -> Iterator[str]:
    """El manejador existe y se puede llamar."""
    for nombre, datos in _funciones(escrita).items():
        modulo, _, funcion = datos["Handler"].rpartition(".")
        if not RAIZ.joinpath(*modulo.split(".")).with_suffix(".py").is_file():
            yield f"{nombre}: no existe {modulo}"
        elif not callable(getattr(importlib.import_module(modulo), funcion, None)):
            yield f"{nombre}: {modulo} no tiene {funcion}"
        if funcion != "handler":
            yield f"{nombre}: el manejador se llama handler"


def rutas(escrita: Plantilla) -> Iterator[str]:
    """Cada ruta empieza con barra, vive bajo /api/ y la atiende una sola función."""
    todas_las_rutas = lectura.rutas(escrita)
    for ruta in todas_las_rutas:
        if not ruta.camino.startswith("/api/"):
            yield f"{ruta.funcion}: «{ruta.camino}» no empieza con /api/"
        if ruta.camino.endswith("/") or "//" in ruta.camino:
            yield f"{ruta.funcion}: «{ruta.camino}» tiene barras de más"
    for clave, veces in Counter(ruta.clave for ruta in todas_las_rutas).items():
        if veces > 1:
            yield f"{clave}: la atienden {veces} funciones"


def credenciales(escrita: Plantilla, traducida: Plantilla) -> Iterator[str]:
    """Toda ruta de la mesa pide credencial; ninguna pública la pide. Se mira lo escrito y lo traducido."""
    for ruta in lectura.rutas(escrita):
        if (ruta.autorizador is not None) != ruta.camino.startswith("/api/mesa"):
            yield f"{ruta.clave}: {'sobra' if ruta.autorizador else 'falta'} el autorizador"
    cuerpo = traducida["Resources"]["Api"]["Properties"]["Body"]
    for camino, metodos in cuerpo["paths"].items():
        for metodo, datos in metodos.items():
            if bool(datos.get("security")) != camino.startswith("/api/mesa"):
                yield f"{metodo} {camino}: la traducción no respeta el autorizador"
            if datos.get("security") not in (None, [{"Personal": []}]):
                yield f"{metodo} {camino}: acepta otra credencial además de la del personal"
    jwt = escrita["Resources"]["Api"]["Properties"]["Auth"]["Authorizers"]["Personal"]["JwtConfiguration"]
    if jwt.get("audience") != [{"Ref": "ClienteMesa"}]:
        yield "el autorizador no exige que la credencial sea para la mesa"
    if "${Personal}" not in str(jwt.get("issuer")):
        yield "el autorizador no exige el emisor del personal"
    cliente = escrita["Resources"]["ClienteMesa"]["Properties"]
    if {"custom:codigo", "custom:rol", "custom:region"} & set(cliente.get("WriteAttributes", ["custom:rol"])):
        yield "una persona puede cambiarse el rol"
    if not escrita["Resources"]["Personal"]["Properties"]["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"]:
        yield "cualquiera puede crearse una cuenta"


def tabla(escrita: Plantilla) -> Iterator[str]:
    """La tabla se puede recuperar, está cifrada, entrega sus cambios y tiene los índices que usa el almacén."""
    datos = escrita["Resources"]["Tabla"]["Properties"]
    if datos.get("StreamSpecification", {}).get("StreamViewType") not in {"NEW_IMAGE", "NEW_AND_OLD_IMAGES"}:
        yield "la tabla no entrega lo nuevo en su registro de cambios"
    if not datos.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled"):
        yield "la tabla no se puede recuperar a un instante"
    if not datos.get("SSESpecification", {}).get("SSEEnabled"):
        yield "la tabla no está cifrada"
    if not datos.get("DeletionProtectionEnabled"):
        yield "la tabla se puede borrar"
    if datos.get("BillingMode") != "PAY_PER_REQUEST":
        yield "la tabla tiene un tope fijo de escrituras"
    if datos.get("TimeToLiveSpecification") != {"AttributeName": "expira", "Enabled": True}:
        yield "lo que expira no se borra"


def avisos(escrita: Plantilla) -> Iterator[str]:
    """Del registro de cambios a la cola y de la cola al correo, sin dónde perder un aviso."""
    enlace = _funciones(escrita)["Relevar"]["Events"]["AvisoNuevo"]["Properties"]
    if enlace.get("StartingPosition") != "TRIM_HORIZON":
        yield "el relevo no parte de lo más antiguo"
    if not enlace.get("BisectBatchOnFunctionError"):
        yield "un aviso malo detiene a los de su lote"
    if not enlace.get("DestinationConfig", {}).get("OnFailure"):
        yield "lo que no se pudo relevar no queda en ninguna parte"
    if enlace.get("MaximumRetryAttempts", -1) < 0:
        yield "un aviso malo detiene la fila para siempre"
    for patron in enlace.get("FilterCriteria", {}).get("Filters", [{"Pattern": ""}]):
        yield from _filtro(patron["Pattern"])
    entrega = _funciones(escrita)["Notificar"]["Events"]["Avisos"]["Properties"]
    for nombre, datos in (("el relevo", enlace), ("el envío", entrega)):
        if datos.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{nombre} repite el lote entero cuando falla uno"
    cola = escrita["Resources"]["ColaAvisos"]["Properties"]
    if cola.get("VisibilityTimeout", 30) < 6 * _plazo(escrita, "Notificar"):
        yield "la cola vuelve a entregar un aviso antes de seis plazos de Notificar"
    reintento = cola.get("RedrivePolicy", {})
    if reintento.get("maxReceiveCount") != 5 or "AvisosFallidos" not in str(reintento.get("deadLetterTargetArn")):
        yield "la cola no aparta el aviso que falló cinco veces"


def _filtro(patron: str) -> Iterator[str]:
    try:
        json.loads(patron)
    except ValueError:
        yield "el filtro del relevo no es JSON"


def permisos(traducida: Plantilla) -> Iterator[str]:
    """Ningún permiso dice «*»: ni acción, ni recurso, ni política de AWS hecha para todos."""
    for nombre, recurso in _de_tipo(traducida, "AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"):
        for prestada in recurso["Properties"].get("ManagedPolicyArns", []):
            if not (isinstance(prestada, dict) and "Ref" in prestada):
                yield f"{nombre}: usa una política de AWS que permite de más ({prestada})"
        for sentencia in _sentencias(recurso["Properties"]):
            yield from (f"{nombre}: {falta}" for falta in _amplia(sentencia))
    for nombre, recurso in _de_tipo(traducida, "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"):
        for sentencia in recurso["Properties"]["PolicyDocument"]["Statement"]:
            if sentencia["Effect"] == "Allow" and (sentencia.get("Principal") in ("*", {"AWS": "*"})):
                yield f"{nombre}: permite a cualquiera"


def _sentencias(propiedades: dict[str, Any]) -> Iterator[dict[str, Any]]:
    documentos = [p["PolicyDocument"] for p in propiedades.get("Policies", [])]
    if "PolicyDocument" in propiedades:
        documentos.append(propiedades["PolicyDocument"])
    for documento in documentos:
        yield from (s for s in documento["Statement"] if s["Effect"] == "Allow")


def _amplia(sentencia: dict[str, Any]) -> Iterator[str]:
    for accion in _lista(sentencia.get("Action", "*")):
        if "*" in accion:
            yield f"la acción {accion} es demasiado amplia"
    for recurso in _lista(sentencia.get("Resource", "*")):
        texto = recurso if isinstance(recurso, str) else str(recurso.get("Fn::Sub", ""))
        if texto == _REGLAS_DEL_ANTIVIRUS:
            continue
        if "*" in texto and not (texto.startswith("${") and texto.endswith("/*") and texto.count("*") == 1):
            yield f"el recurso {texto} es demasiado amplio"
    if "NotAction" in sentencia or "NotResource" in sentencia:
        yield "permite todo menos algo"


# GuardDuty inventa el final del nombre de las reglas que crea para enterarse de lo que llega a la cubeta.
_GUARDDUTY = "DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*"
_REGLAS_DEL_ANTIVIRUS = f"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/{_GUARDDUTY}"


def antivirus(escrita: Plantilla) -> Iterator[str]:
    """El antivirus mira lo que se sube y lo que abre la mesa, solo él anota su resultado, y la mesa depende de eso."""
    plan = escrita["Resources"]["Antivirus"]["Properties"]
    cubeta = plan["ProtectedResource"]["S3Bucket"]
    if cubeta["BucketName"] != {"Ref": "Documentos"} or cubeta.get("ObjectPrefixes") != ["cuarentena/", "expedientes/"]:
        yield "el antivirus no mira lo que se sube o lo que abre la mesa"
    if plan.get("Actions") != {"Tagging": {"Status": "ENABLED"}}:
        yield "el antivirus no anota su resultado en el archivo"
    de_la_cubeta = escrita["Resources"].get("DocumentosSoloConTls", {}).get("Properties", {})
    negadas = [s for s in de_la_cubeta.get("PolicyDocument", {}).get("Statement", ()) if s["Effect"] == "Deny"]
    solo_el = {"ArnNotEquals": {"aws:PrincipalArn": {"Fn::GetAtt": ["RolAntivirus", "Arn"]}}}
    etiquetas = {f"s3:{que}Object{cual}Tagging" for que in ("Put", "Delete") for cual in ("", "Version")}
    if not any(set(_lista(s["Action"])) == etiquetas and s.get("Condition") == solo_el for s in negadas):
        yield "alguien más que el antivirus puede anotar su resultado"
    limpio = {"StringEquals": {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"}}
    for sentencia in _sentencias(escrita["Resources"]["RolEvaluar"]["Properties"]):
        if "s3:GetObject" in sentencia["Action"] and sentencia.get("Condition") != limpio:
            yield "la mesa puede abrir un archivo sin revisar"


def caducidad(escrita: Plantilla) -> Iterator[str]:
    """Lo que nadie envió o confirmó se borra en los días que dice el programa, también sus versiones viejas."""
    reglas = escrita["Resources"]["Documentos"]["Properties"]["LifecycleConfiguration"]["Rules"]
    dias = {r["Prefix"]: r["ExpirationInDays"] for r in reglas if "Prefix" in r and r["Status"] == "Enabled"}
    if dias != {carpeta: dura.days for carpeta, dura in expediente.DURAN.items()}:
        yield f"la cubeta borra en otros días que los del programa: {dias}"
    if any(r.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays", 99) > 1 for r in reglas if "Prefix" in r):
        yield "lo borrado queda guardado como versión anterior"


def _lista(valor: Any) -> list[Any]:
    return valor if isinstance(valor, list) else [valor]


def roles(escrita: Plantilla) -> Iterator[str]:
    """Un rol por función, que no usa nadie más."""
    usos = Counter()
    for nombre, datos in _funciones(escrita).items():
        rol = datos.get("Role")
        if rol != {"Fn::GetAtt": [f"Rol{nombre}", "Arn"]}:
            yield f"{nombre}: no tiene su propio rol"
        usos[str(rol)] += 1
    yield from (f"{rol}: lo comparten {veces} funciones" for rol, veces in usos.items() if veces > 1)
    correo = json.dumps(escrita["Resources"]["RolNotificar"])
    if "ses:SendRawEmail" not in correo or "${IdentidadCorreo}" not in correo:
        yield "Notificar no puede enviar correo con la identidad del remitente"


def retencion(escrita: Plantilla) -> Iterator[str]:
    """Borrar la pila no borra datos de nadie."""
    for nombre, recurso in _de_tipo(escrita, *SE_RETIENEN):
        for politica in ("DeletionPolicy", "UpdateReplacePolicy"):
            if recurso.get(politica) != "Retain":
                yield f"{nombre}: le falta {politica}: Retain"


def cubetas(escrita: Plantilla) -> Iterator[str]:
    """Cubetas privadas, cifradas, con versiones, solo por TLS y sin CORS para cualquiera."""
    con_tls = {
        recurso["Properties"]["Bucket"]["Ref"]
        for _, recurso in _de_tipo(escrita, "AWS::S3::BucketPolicy")
        if any(
            s["Effect"] == "Deny" and s.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
            for s in recurso["Properties"]["PolicyDocument"]["Statement"]
        )
    }
    for nombre, recurso in _de_tipo(escrita, "AWS::S3::Bucket"):
        datos = recurso["Properties"]
        bloqueo = datos.get("PublicAccessBlockConfiguration", {})
        if len(bloqueo) != 4 or not all(bloqueo.values()):
            yield f"{nombre}: puede quedar pública"
        if datos.get("VersioningConfiguration", {}).get("Status") != "Enabled":
            yield f"{nombre}: no guarda versiones"
        if not datos.get("BucketEncryption"):
            yield f"{nombre}: no está cifrada"
        if nombre not in con_tls:
            yield f"{nombre}: acepta conexiones sin cifrar"
        for regla in datos.get("CorsConfiguration", {}).get("CorsRules", []):
            if regla["AllowedOrigins"] != [{"Ref": "UrlPortal"}]:
                yield f"{nombre}: acepta peticiones de cualquier sitio"
    if escrita["Resources"]["Api"]["Properties"].get("CorsConfiguration"):
        yield "la API acepta peticiones de otros sitios"


def _plazo(escrita: Plantilla, funcion: str) -> int:
    propio = _funciones(escrita)[funcion].get("Timeout")
    return int(propio or escrita["Globals"]["Function"].get("Timeout", 3))


def limites(escrita: Plantilla) -> Iterator[str]:
    """Cada función tiene plazo y memoria; la API, tope; el registro, fecha en que se borra."""
    comunes = escrita["Globals"]["Function"]
    for nombre, datos in _funciones(escrita).items():
        for limite in ("Timeout", "MemorySize"):
            if limite not in {**comunes, **datos}:
                yield f"{nombre}: sin {limite}"
        if datos.get("Events") is None:
            yield f"{nombre}: nada la llama"
    topes = escrita["Resources"]["Api"]["Properties"].get("DefaultRouteSettings", {})
    if not topes.get("ThrottlingRateLimit") or not topes.get("ThrottlingBurstLimit"):
        yield "la API no tiene tope de peticiones"
    if not escrita["Resources"]["Registro"]["Properties"].get("RetentionInDays"):
        yield "el registro no se borra nunca"
    if comunes.get("LoggingConfig", {}).get("LogGroup") != {"Ref": "Registro"}:
        yield "las funciones escriben en un registro que no se borra"


def portal(escrita: Plantilla) -> Iterator[str]:
    """CloudFront muestra la API sin guardarla, con las cabeceras de seguridad en todas partes."""
    distribucion = escrita["Resources"]["Distribucion"]["Properties"]["DistributionConfig"]
    partes = [distribucion["DefaultCacheBehavior"], *distribucion["CacheBehaviors"]]
    for parte in partes:
        if parte.get("ResponseHeadersPolicyId") != {"Ref": "Cabeceras"}:
            yield f"{parte.get('PathPattern', 'el portal')}: sale sin cabeceras de seguridad"
        if parte["ViewerProtocolPolicy"] not in {"redirect-to-https", "https-only"}:
            yield f"{parte.get('PathPattern', 'el portal')}: se ve sin cifrar"
    patrones = [parte["PathPattern"] for parte in distribucion["CacheBehaviors"]]
    if patrones != ["/api/openapi.json", "/api/convocatorias/*/cupos", "/api/*"]:
        yield "solo la descripción de la API y los cupos, que son públicos, van antes que /api/*"
    api = distribucion["CacheBehaviors"][-1]
    if api["CachePolicyId"] != "4135ea2d-6df8-44a3-9df3-4b5a84be39ad":
        yield "CloudFront guarda respuestas de las funciones"
    contenido = escrita["Resources"]["Cabeceras"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    csp = str(contenido["ContentSecurityPolicy"]["ContentSecurityPolicy"])
    if "unsafe-" in csp or "base-uri 'none'" not in csp or "frame-ancestors 'none'" not in csp:
        yield "la política de contenido es débil"
    if {e["ErrorCode"] for e in distribucion["CustomErrorResponses"]} & {400, 404, 409, 413, 422, 429, 500, 503}:
        yield "CloudFront tapa las páginas de error de las funciones"
