from django.http import HttpResponse


async def updates(request, text_id):
    return HttpResponse(status=501)
