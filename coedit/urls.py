app_name = "coedit"
urlpatterns: list = []
